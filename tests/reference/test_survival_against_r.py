"""Curves, standard errors, intervals and quantiles against R's survival and cmprsk.

Tolerances are relative. Both sides compute the same closed formula in double precision and R wrote 15 digits, so anything
beyond 1e-8 is a different formula, not rounding. cmprsk's variance is compared at 1e-6 because it is a single named
convention whose source is Fortran with its own order of summation.
"""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.at_times import at_times
from evaltools.estimate.cumulative_incidence import cumulative_incidence
from evaltools.estimate.event_table import number_at_risk
from evaltools.estimate.kaplan_meier import kaplan_meier
from evaltools.estimate.median_time import median_time

EXACT = 1e-8
CMPRSK = 1e-6


def first_job(rossi):
    return EventTimes.from_frame(rossi, "week", "status", causes={1: "job", 2: "arrest"})


def progression(mgus2):
    return EventTimes.from_frame(mgus2, "months", "first", causes={1: "pcm", 2: "death"})


@pytest.mark.parametrize(("data", "cause"), [("rossi", "job"), ("rossi", "arrest"), ("mgus2", "pcm"), ("mgus2", "death")])
def test_cumulative_incidence_and_its_error_are_those_of_survfit(data, cause, request):
    frame, expected = request.getfixturevalue(data), request.getfixturevalue(f"expected_{data}")
    times = first_job(frame) if data == "rossi" else progression(frame)
    block = (expected["first_job"] if data == "rossi" else expected)["aj"]
    read = at_times(cumulative_incidence(times), block["times"]).query("cause == @cause")
    assert_allclose(read["value"], block[f"p_{cause}"]["est"], rtol=EXACT)
    assert_allclose(read["se"], block[f"p_{cause}"]["se"], rtol=EXACT)


@pytest.mark.parametrize(("data", "code"), [("rossi", 1), ("rossi", 2), ("mgus2", 1), ("mgus2", 2)])
def test_aalen_variance_is_that_of_cmprsk(data, code, request):
    frame, expected = request.getfixturevalue(data), request.getfixturevalue(f"expected_{data}")
    times = first_job(frame) if data == "rossi" else progression(frame)
    block = (expected["first_job"] if data == "rossi" else expected)["cuminc"]
    curve = cumulative_incidence(times, variance="aalen").query(f"cause == '{times.causes[code]}'")
    assert_allclose(at_times(curve, block["times"])["se"] ** 2, block[f"1 {code}"]["var_aalen"], rtol=CMPRSK)


def test_the_two_variances_differ_by_at_most_one_per_cent_while_many_are_at_risk(mgus2, expected_mgus2):
    times, months = progression(mgus2), expected_mgus2["aj"]["times"]
    ours, theirs = (at_times(cumulative_incidence(times, variance=name), months)["se"] for name in ("survfit", "aalen"))
    assert_allclose(ours, theirs, rtol=0.01)


@pytest.mark.parametrize(("data", "by", "groups"), [("rossi", "fin", ["no", "yes"]), ("mgus2", "sex", ["F", "M"])])
def test_groups_are_those_of_cmprsk(data, by, groups, request):
    frame, expected = request.getfixturevalue(data), request.getfixturevalue(f"expected_{data}")
    times = first_job(frame) if data == "rossi" else progression(frame)
    block = (expected["first_job"] if data == "rossi" else expected)[f"cuminc_by_{by}"]
    read = at_times(cumulative_incidence(times, by=by, variance="aalen"), block["times"])
    for group in groups:
        for code, cause in times.causes.items():
            rows = read[(read["group"] == group) & (read["cause"] == cause)]
            assert_allclose(rows["value"], block[f"{group} {code}"]["est"], rtol=EXACT)
            assert_allclose(rows["se"] ** 2, block[f"{group} {code}"]["var_aalen"], rtol=CMPRSK)


def test_rossi_counts_and_median(rossi, expected_rossi):
    counts = expected_rossi["counts"]
    assert [len(rossi), *(int((rossi["status"] == code).sum()) for code in (1, 2, 0))] == [
        counts[name] for name in ("n", "starters", "arrest_before_job", "censored")
    ]
    median = median_time(first_job(rossi), cause="job")
    assert median["value"].tolist() == [expected_rossi["first_job"]["median_aj"]]


@pytest.mark.parametrize("data", ["rossi", "mgus2"])
def test_one_minus_kaplan_meier_that_censors_competing_events(data, request):
    frame, expected = request.getfixturevalue(data), request.getfixturevalue(f"expected_{data}")
    time, status = ("week", "status") if data == "rossi" else ("months", "first")
    block = expected["first_job"]["one_minus_km_arrest_censored"] if data == "rossi" else expected["one_minus_km_pcm"]
    alone = frame.assign(**{status: (frame[status] == 1).astype(int)})
    curve = kaplan_meier(EventTimes.from_frame(alone, time, status))
    assert_allclose(1 - at_times(curve, block["times"])["value"], block["value"], rtol=EXACT)


@pytest.mark.parametrize("weeks", [6, 13, 26])
def test_sustained_weeks_of_the_first_job(weeks, rossi, expected_rossi):
    """Lasting m weeks or more is the survival just before week m."""
    starters = rossi[rossi["ended"] >= 0]
    block = expected_rossi["sustainment_gap0"][f"wk{weeks}"]
    lost = starters.assign(lost=(starters["ended"] == 1).astype(int))
    kept = at_times(kaplan_meier(EventTimes.from_frame(lost, "weeks_held", "lost")), [weeks], before=True).iloc[0]
    assert_allclose(
        kept[["value", "se", "lower", "upper"]].astype(float),
        [block[name] for name in ("km_arrest_censored", "se", "lo", "hi")],
        rtol=EXACT,
    )
    times = EventTimes.from_frame(starters, "weeks_held", "ended", causes={1: "lost", 2: "arrest"})
    incidence = at_times(cumulative_incidence(times), [weeks], before=True)["value"]
    assert_allclose(incidence, [block["aj_lost"], block["aj_arrest"]], rtol=EXACT)


def test_median_weeks_of_the_first_job(rossi, expected_rossi):
    starters = rossi[rossi["ended"] >= 0]
    lost = EventTimes.from_frame(starters.assign(lost=(starters["ended"] == 1).astype(int)), "weeks_held", "lost")
    assert_quantiles(lost, expected_rossi["sustainment_gap0"]["median"], "log-log")


@pytest.mark.parametrize(("block", "sex"), [("km", None), ("km_male", "male"), ("km_female", "female")])
def test_kaplan_meier_of_lung(block, sex, lung, expected_lung):
    people = lung if sex is None else lung[lung["sex"] == sex]
    assert_kaplan_meier(EventTimes.from_frame(people, "days", "died"), expected_lung[block])


def test_kaplan_meier_of_mgus2(mgus2, expected_mgus2):
    assert_kaplan_meier(EventTimes.from_frame(mgus2, "futime", "death"), expected_mgus2["overall_km"])


def test_kaplan_meier_of_rossi_arrests(rossi, expected_rossi):
    assert_kaplan_meier(EventTimes.from_frame(rossi, "observed", "arrest"), expected_rossi["arrest_km"])


@pytest.mark.parametrize(
    ("data", "columns", "key"), [("lung", ("days", "died"), "km"), ("mgus2", ("futime", "death"), "overall_km")]
)
@pytest.mark.parametrize("ci", ["log-log", "log", "plain"])
def test_quantiles(data, columns, key, ci, request):
    times = EventTimes.from_frame(request.getfixturevalue(data), *columns)
    block = request.getfixturevalue(f"expected_{data}")[key]
    assert_quantiles(times, block[f"quantiles_{ci.replace('-', '')}"], ci)


def test_reverse_kaplan_meier_gives_median_follow_up(lung, expected_lung):
    censored = EventTimes.from_frame(lung.assign(censored=1 - lung["died"]), "days", "censored")
    assert_quantiles(censored, expected_lung["reverse_km_followup"], "log-log")


def test_late_entry_on_the_age_scale(mgus2, expected_mgus2):
    block = expected_mgus2["age_scale"]
    followed = mgus2[mgus2["age_end"] > mgus2["age_months"]]
    times = EventTimes.from_frame(followed, "age_end", "death", entry="age_months")
    assert len(followed) == block["n"]
    assert_allclose(at_times(kaplan_meier(times), block["km_months"])["value"], block["surv"], rtol=EXACT)
    assert number_at_risk(times, block["km_months"])["at_risk"].tolist() == block["n_risk"]


def assert_kaplan_meier(times, block):
    read = at_times(kaplan_meier(times), block["times"])
    for column, key in [("value", "surv"), ("se", "std_err_greenwood"), ("lower", "lo_loglog"), ("upper", "hi_loglog")]:
        assert_allclose(read[column], np.array(block[key], dtype=float), rtol=EXACT)
    assert number_at_risk(times, block["times"])["at_risk"].tolist() == block["n_risk"]


def assert_quantiles(times, block, ci):
    for name, quantile in block.items():
        got = median_time(times, p=float(name[1:]) / 100, ci=ci).iloc[0]
        wanted = [np.nan if quantile[key] in (None, "NA") else quantile[key] for key in ("est", "lo", "hi")]
        assert_allclose(got[["value", "lower", "upper"]].astype(float), wanted)
