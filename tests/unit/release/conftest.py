"""A rule to test with, estimates in a few words, and an interval that shows from which counts it was worked out."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import strategies as st

from evaltools.domain.results import ESTIMATES, tidy
from evaltools.release.profile import PROFILES


@pytest.fixture(scope="session")
def uk():
    return PROFILES["uk-public"]


@pytest.fixture(scope="session")
def interval():
    """Limits a tenth to each side of the share."""
    return lambda numerator, denominator, level: (numerator / denominator - 0.1, numerator / denominator + 0.1)


@pytest.fixture(scope="session")
def estimate():
    """estimate(...): one row of estimates; a proportion unless it says otherwise."""
    return lambda **row: tidy([{"statistic": "proportion", "level": 0.95, **row}], ESTIMATES)


@pytest.fixture(scope="session")
def estimates():
    """A strategy, to be drawn from with hypothesis' data(): exact estimates of every kind, consistent or not."""
    return st.lists(_rows, max_size=12).map(lambda rows: tidy(rows, ESTIMATES))


_count = st.one_of(st.none(), st.integers(0, 12), st.integers(0, 400)).map(lambda n: None if n is None else float(n))
_value = st.none() | st.floats(0, 1)
_statistics = [
    "proportion", "ratio", "bounds", "cumulative_incidence", "survival", "one_minus_survival", "median", "chi2", "df", "p",
    "sum", "hazard_ratio", None, "bounds_interval", "delta_adjusted", "mean", "median_hours", "rate", "restricted_mean",
    "share_of_days",
]  # fmt: skip
_rows = st.fixed_dictionaries(
    {
        "statistic": st.sampled_from(_statistics),
        "value": _value,
        "se": _value,
        "lower": _value,
        "upper": _value,
        "numerator": _count,
        "denominator": _count,
        "n": _count,
        "events": _count,
        "missing": _count,
        "level": st.just(0.95),
        "note": st.sampled_from(
            [None, "3 people moved", "the numerator (1,011) exceeds the denominator (75)", "as it stands"]
        ),
    }
)


@pytest.fixture(scope="session")
def steps():
    """steps(days, job=..., left=..., censored=...): the exact curves of one group, a line for each cause."""

    def _steps(days, censored=None, curve_id="d.job_start.programme", group="all", people=None, **causes):
        censored = censored or [0] * len(days)
        rest = (people or 0) - sum(censored) - sum(sum(events) for events in causes.values())
        if rest > 0:  # nobody is lost: the others are followed for another year
            days, censored = [*days, days[-1] + 365], [*censored, rest]
            causes = {cause: [*events, 0] for cause, events in causes.items()}
        gone = pd.Series([sum(happened) for happened in zip(censored, *causes.values(), strict=True)]).cumsum()
        size = int(gone.iloc[-1])
        at_risk = [size, *(size - gone.iloc[:-1])]
        lines = []
        for cause, events in causes.items():
            share = pd.Series(events).cumsum() / size
            held = 1 - share if cause == "held" else share
            lines.append(
                pd.DataFrame(
                    {
                        "curve_id": curve_id, "outcome": curve_id.split(".")[1], "cause": "" if cause == "held" else cause,
                        "group": group, "day": days, "at_risk": at_risk, "events": events, "censored": censored,
                        "value": held, "lower": held - 0.031, "upper": held + 0.031,
                    }
                )
            )  # fmt: skip
        return pd.concat(lines, ignore_index=True)

    return _steps
