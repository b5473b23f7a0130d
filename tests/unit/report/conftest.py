"""Small made-up releases: of people, of totals, and one in which numbers are hidden."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from evaltools import store
from evaltools.domain.release import Meta, Release
from evaltools.domain.results import CHECKS, COUNTS, CURVES, ESTIMATES, Results, tidy

HOSTILE = '<script>alert("Tower & Hamlets")</script>'
SITES = {
    "haringey": "Haringey and Barnet",
    "enfield": "Enfield",
    "shropshire": "Shropshire",
    "tower_hamlets": "Tower Hamlets learning disability service",
    "camden": "Camden",
    "lambeth": "Lambeth",
}
LCF = {
    "title": "MHEP contracts of the Life Chances Fund (2019 to 2024)",
    "description": "A person is engaged at the third appointment. A job counts as kept after 13 weeks.",
    "source": "INDIGO Impact Bond Dataset v2 (Government Outcomes Lab, pulled 20 May 2025)",
    "version": "1",
}
BIT = LCF | {"title": "BIT evaluation (2016 to 2019)", "description": "A job counts as kept after 6 and 26 weeks."}


def meta(**changed: Any) -> Meta:
    facts: dict[str, Any] = {
        "study": "demo",
        "title": "Time to work and jobs that last",
        "subtitle": "Mental Health and Employment Partnership, people referred from April 2019 to September 2023",
        "kind": "records",
        "synthetic": True,
        "data_cut": "2023-09-30",
        "sites": SITES,
        "definitions": {"lcf_mhep": LCF, "bit_cbo": BIT},
        "profile": "uk-public",
        "rule": "Counts of 1 to 9 people are not shown. Every other count is rounded to the nearest 5.",
        "fingerprint": "9f2c41d07be35a18",
        "package": "0.1.0",
        "schema": "1.0",
        "lock": "5d41402abc4b",
        "sources": ("A made-up programme with known truth.",),
        "notes": ("Sites opened at different times.",),
    }
    return Meta(**(facts | changed))


def wilson(numerator: float, denominator: float) -> tuple[float, float]:
    z, p = 1.959964, numerator / denominator
    middle = (p + z * z / (2 * denominator)) / (1 + z * z / denominator)
    half = z / (1 + z * z / denominator) * np.sqrt(p * (1 - p) / denominator + z * z / (4 * denominator**2))
    return middle - half, middle + half


def share(outcome: str, group: str, numerator: float, denominator: float, name: str, **more: Any) -> dict[str, Any]:
    lower, upper = wilson(numerator, denominator)
    return {
        "definition": "lcf_mhep", "outcome": outcome, "group_by": "programme" if group == "all" else "site", "group": group,
        "statistic": "proportion", "value": numerator / denominator, "lower": lower, "upper": upper, "level": 0.95,
        "numerator": numerator, "denominator": denominator, "denominator_name": name, "n": denominator,
        "ci_method": "Wilson", "population": name,
    } | more  # fmt: skip


def chi2(outcome: str, statistic: float, df: float, p: float, **more: Any) -> list[dict[str, Any]]:
    shared = {"definition": "lcf_mhep", "outcome": outcome, "group_by": "site", "group": "all", "term": "homogeneity"} | more
    return [shared | {"statistic": name, "value": value} for name, value in (("chi2", statistic), ("df", df), ("p", p))]


def _curve(outcome: str, group_by: str, group: str, cause: str, values: list[float]) -> list[dict[str, Any]]:
    return [
        {
            "curve_id": f"lcf_mhep.{outcome}.{group_by}", "outcome": outcome, "cause": cause, "group": group,
            "day": 30.4375 * 3 * at, "at_risk": 1000 - 90 * at, "value": value,
            "lower": max(0, value - 0.02 * np.sqrt(at)), "upper": min(1, value + 0.02 * np.sqrt(at)),
        }
        for at, value in enumerate(values)
    ]  # fmt: skip


def _grow(end: float, points: int = 9) -> list[float]:
    return [round(end * (1 - np.exp(-at / 3.2)) / (1 - np.exp(-8 / 3.2)), 2) for at in range(points)]


_REFERRED = {"haringey": 420, "enfield": 310, "shropshire": 450, "tower_hamlets": 205, "camden": 325, "lambeth": 215}
_RATE = {"haringey": 0.36, "enfield": 0.47, "shropshire": 0.55, "tower_hamlets": 0.4, "camden": 0.44, "lambeth": 0.5}


def _people_estimates() -> list[dict[str, Any]]:
    engaged = {site: 5 * round(n * 0.16) for site, n in _REFERRED.items()}
    started = {site: 5 * round(n * _RATE[site] / 5) for site, n in engaged.items()}
    rows: list[dict[str, Any]] = []
    for site in ("all", *SITES):
        total = sum(engaged.values()) if site == "all" else engaged[site]
        jobs = sum(started.values()) if site == "all" else started[site]
        people = sum(_REFERRED.values()) if site == "all" else _REFERRED[site]
        followed = "job starters followed for {} weeks whose outcome is known"
        rows += [
            share("engaged", site, total, people, "people referred"),
            share("job_start", site, jobs, total, "people engaged", missing=5),
        ]
        for week, rate in ((6, 0.7), (13, 0.55)):
            kept = 5 * round(jobs * rate / 5)
            timed = {"horizon": 7 * week}
            rows += [
                share("sustained", site, kept, jobs - 10, followed.format(week), missing=10, **timed),
                share("sustained", site, kept, jobs, "all job starters", missing=10, term="all starters", **timed),
            ]
            if site == "all":
                rows.append(
                    share("sustained", site, kept, jobs, "all job starters", definition="bit_cbo", missing=25, **timed)
                )
        rows.append(
            share("hours_16", site, 5 * round(jobs * 0.7 / 5), jobs - 20, "job starters with known hours", missing=20)
        )
    everyone = sum(engaged.values())
    for day, job, left in ((91, 0.15, 0.03), (183, 0.26, 0.05), (365, 0.38, 0.1), (548, 0.44, 0.13)):
        for term, value in (("job", job), ("left", left)):
            rows.append(
                share("job_start", "all", 1, 2, "people engaged", statistic="cumulative_incidence", term=term, horizon=day)
                | {"value": value, "lower": value - 0.02, "upper": value + 0.02, "numerator": None}
                | {"denominator": everyone, "n": everyone}
            )
    rows.append(
        {
            "definition": "lcf_mhep", "outcome": "job_start", "statistic": "median", "group_by": "programme", "group": "all",
            "term": "job", "unit": "day", "note": "not reached: fewer than half had started a job",
        }
    )  # fmt: skip
    rows += chi2("job_start", 31.2, 5, 0.0000085) + chi2("engaged", 2.2, 5, 0.82) + chi2("hours_16", 3.1, 5, 0.68)
    rows += chi2("sustained", 6.4, 5, 0.27, horizon=91, denominator_name="all job starters")
    rows += chi2("sustained", 4.4, 5, 0.49, horizon=42)
    return rows


def _people_counts() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    total: dict[str, float] = {}
    for site, referred in _REFERRED.items():
        engaged = 5 * round(referred * 0.16)
        started = 5 * round(engaged * _RATE[site] / 5)
        steps = {"referred": referred, "engaged": engaged, "in_scope": engaged, "started": started, "start_unknown": 0}
        steps |= {"kept_6": 5 * round(started * 0.14), "kept_13": 5 * round(started * 0.11), "lost_contact_13": 5}
        for step, n in steps.items():
            total[step] = total.get(step, 0) + n
            rows.append({"table_id": "flow", "row": site, "column": f"lcf_mhep.{step}", "n": n})
        sent = {"rows": referred + 40, "kept": referred, "merged": 15, "quarantined": 25}
        rows += [{"table_id": "rows", "row": site, "column": name, "n": n} for name, n in sent.items()]
        files = {"read": 3, "refused": int(site == "camden")}
        rows += [{"table_id": "files", "row": site, "column": name, "n": n} for name, n in files.items()]
    for name in ("rows", "kept", "merged", "quarantined", "read", "refused"):
        found = [row for row in rows if row["column"] == name]
        rows.append({"table_id": found[0]["table_id"], "row": "all", "column": name, "n": sum(row["n"] for row in found)})
    rows += [{"table_id": "flow", "row": "all", "column": f"lcf_mhep.{step}", "n": n} for step, n in total.items()]
    for group, n in {"all": 1540.0, **{site: 0.8 * n for site, n in _REFERRED.items()}}.items():
        by = "programme" if group == "all" else "site"
        for day, left in ((0, 1), (91, 0.78), (183, 0.6), (365, 0.4), (548, 0.22)):
            at_risk = {"table_id": f"at_risk.lcf_mhep.job_start.{by}", "row": group, "column": str(day)}
            rows.append(at_risk | {"n": 5 * round(n * left / 5)})
    for day, n in ((0, 700), (42, 520), (91, 390), (182, 240), (364, 110)):
        rows.append({"table_id": "at_risk.lcf_mhep.job_held.programme", "row": "all", "column": str(day), "n": n})
    return rows


def people() -> Release:
    """A study of people under a rule that hides and rounds."""
    curves = _curve("job_start", "programme", "all", "job", _grow(0.46))
    curves += _curve("job_start", "programme", "all", "left", _grow(0.17))
    for site, rate in _RATE.items():
        curves += _curve("job_start", "site", site, "job", _grow(rate, 9 if site != "lambeth" else 7))
    curves += _curve("job_held", "programme", "all", "", [round(1 - value, 2) for value in _grow(0.68, 6)])
    results = Results(
        tidy(_people_estimates(), ESTIMATES), tidy(curves, CURVES), tidy(_people_counts(), COUNTS), tidy([], CHECKS)
    )
    return Release(results, meta())


_MHEP = {  # site: engaged, job starts, kept 13 weeks; targets of the first two; pounds paid, of which covid, maximum
    "haringey": (704, 219, 104, 799, 379, 1568319, 217980, 1439148),
    "enfield": (239, 84, 56, 546, 181, 604045, 77479, 620689),
    "shropshire": (496, 170, 78, 419, 197, 1034487, 109924, 1034484),
    "tower_hamlets": (1171, 358, 194, 1223, 454, 1724694, 258620, 2068270),
}
_TOTAL = (2610, 831, 432, 2987, 1211, 4931545, 664003, 5162591)


def _target(measure: str, group: str, term: str, value: float, counts: tuple[Any, Any] = (None, None)) -> dict[str, Any]:
    by = "programme" if group == "all" else "site"
    return {
        "definition": "lcf_mhep", "outcome": measure, "group_by": by, "group": group, "term": term, "value": value,
        "statistic": "achieved_over_target", "numerator": counts[0], "denominator": counts[1],
    }  # fmt: skip


def _pounds(group: str, statistic: str, term: str, value: float) -> dict[str, Any]:
    by = "programme" if group == "all" else "site"
    return {
        "definition": "lcf_mhep", "outcome": "payments", "statistic": statistic, "group_by": by, "group": group,
        "term": term, "value": value, "unit": "GBP",
    }  # fmt: skip


def totals() -> Release:
    """Published totals of real contracts, with subgroups of another study beside them."""
    rows = chi2("job_start", 3.5994, 3, 0.3081) + chi2("sustained_13", 12.2645, 3, 0.00653)
    for group, (engaged, jobs, kept, to_engage, to_start, paid, covid, most) in {**_MHEP, "all": _TOTAL}.items():
        reach = (jobs / engaged) / (to_start / to_engage)
        rows += [
            share("job_start", group, jobs, engaged, "people engaged"),
            share("sustained_13", group, kept, jobs, "job starters"),
            _target("engaged", group, "total", engaged / to_engage, (engaged, to_engage)),
            _target("job_start", group, "total", jobs / to_start, (jobs, to_start)),
            _target("job_start", group, "engagement", engaged / to_engage),
            _target("job_start", group, "conversion", reach),
            *(_pounds(group, "sum", kind, n) for kind, n in (("paid", paid), ("covid_claims", covid), ("maximum", most))),
            _pounds(group, "ratio", "paid", paid / jobs),
        ]
    ethnicity = {"white": (47, 134, 46, 144), "asian": (35, 77, 37, 114), "black": (23, 64, 18, 63)}
    for group, (a, of_a, b, of_b) in ethnicity.items():
        by = {"group_by": "ethnicity"}
        rows.append(share("job_start", group, a, of_a, "people served", **by) | {"population": "haringey"})
        rows.append(share("job_start", group, b, of_b, "people served", **by) | {"population": "enfield"})
    for population, test in (("haringey", (2.5, 4, 0.64)), ("enfield", (11.76, 4, 0.0192))):
        rows += chi2("job_start", *test, group_by="ethnicity", population=population)
    checks = [
        {"check_id": check, "subject": subject, "status": status, "why": why}
        for check, subject, status, why in (
            ("R15", "haringey", "inconsistent", "£1,568,319 was paid, more than the maximum of £1,439,148."),
            ("R14", "Tower Hamlets LD", "inconsistent", "111 job starts among 75 people engaged (148%)."),
            ("R19", "dates", "note", "The news item is dated 4 and 7 November 2024."),
            ("ok", "enfield", "ok", "Payments are below the maximum."),
        )
    ]
    sites = {site: name for site, name in SITES.items() if site in _MHEP}
    about = meta(
        study="mhep-lcf", title="Job starts, jobs kept and payments under the MHEP contracts", kind="counts",
        subtitle="Four services for people with severe mental illness, Life Chances Fund, 2019 to 2024", synthetic=False,
        profile="open", rule="Nothing is hidden or rounded: the figures are already public.", programme="SMI sites",
        sites=sites, sources=("INDIGO Impact Bond Dataset v2, Government Outcomes Lab, pulled 20 May 2025.",),
        outcomes={"job_start": "Started a job", "sustained_13": "Kept a job for 13 weeks"},
        groups={"white": "White", "asian": "Asian", "black": "Black", "engaged": "People engaged", "maximum": "Maximum"},
    )  # fmt: skip
    return Release(Results(tidy(rows, ESTIMATES), checks=tidy(checks, CHECKS)), about)


def hidden() -> Release:
    """The study of people with the numbers of one site, the curve of another and the median hidden."""
    shown = people()
    estimates = shown.results.estimates.copy()
    small = ((estimates["group"] == "lambeth") | (estimates["statistic"] == "median")).astype(bool)
    numbers = ["value", "lower", "upper", "numerator", "denominator", "n", "missing"]
    estimates.loc[small, numbers] = pd.NA
    estimates.loc[small, "note"] = "not shown: fewer than 10 people, or too few to give a share"
    counts = shown.results.counts.copy()
    counts.loc[(counts["row"] == "lambeth").astype(bool), "n"] = pd.NA
    curves = shown.results.curves[shown.results.curves["group"] != "lambeth"].reset_index(drop=True)
    return Release(Results(estimates, curves, counts, shown.results.checks), shown.meta)


@pytest.fixture(name="people", scope="session")
def people_fixture() -> Release:
    return people()


@pytest.fixture(name="totals", scope="session")
def totals_fixture() -> Release:
    return totals()


@pytest.fixture(name="hidden", scope="session")
def hidden_fixture() -> Release:
    return hidden()


@pytest.fixture(name="saved", scope="session")
def saved_fixture() -> Callable[[Release, Path], Path]:
    return saved


@pytest.fixture(name="hostile")
def hostile_fixture(people: Release) -> Release:
    sites = people.meta.sites | {"camden": HOSTILE}
    return Release(people.results, replace(people.meta, sites=sites, title=HOSTILE, notes=(HOSTILE,)))


@pytest.fixture(name="without")
def without_fixture(people: Release) -> Callable[..., Release]:
    """Remove whole tables of results from the study of people."""
    return lambda *tables: Release(
        replace(people.results, **{name: getattr(Results(), name) for name in tables}), people.meta
    )


def saved(release: Release, folder: Path) -> Path:
    """Write a release as the pipeline does, and give its folder."""
    place = folder / "3_released"
    with store.stage(place, {"test": "made up"}) as into:
        store.write_release(into, release)
    return place


@pytest.fixture(name="quality")
def quality_fixture(people: Release) -> Release:
    """The release of people with counts of the quality of their data."""
    cells = {"cells": 500.0, "mapped": 480.0, "ignored": 20.0, "unmapped": None}
    rows = [
        {"table_id": "cells", "row": site, "column": name, "n": n}
        for site in ("all", "haringey", "enfield")
        for name, n in cells.items()
    ]
    found = {("haringey", "D102"): 15.0, ("enfield", "D102"): None, ("haringey", "D112"): 20.0, ("enfield", "D131"): 10.0}
    rows += [{"table_id": "findings", "row": site, "column": code, "n": n} for (site, code), n in found.items()]
    rows += [{"table_id": "faults", "row": "all", "column": "D102", "n": 20.0}]
    for site, missing in (("haringey", 40.0), ("enfield", None)):
        rows.append({"table_id": "fields", "row": site, "column": "participants.ethnicity.rows", "n": 100.0})
        rows.append({"table_id": "fields", "row": site, "column": "participants.ethnicity.missing", "n": missing})
    heaping = {
        ("haringey", "weeks_13"): (10.0, 40.0),
        ("enfield", "weeks_13"): (None, 40.0),
        ("all", "hours_16"): (5.0, 0.0),
    }
    for (site, name), sides in heaping.items():
        for side, n in zip(("below", "above"), sides, strict=True):
            rows.append({"table_id": "heaping", "row": site, "column": f"{name}.{side}", "n": n})
    bands = ("before", "0_30", "31_91", "92_183", "184_more", "no_job")
    rows += [{"table_id": "lag", "row": "haringey", "column": band, "n": 5.0 * at} for at, band in enumerate(bands)]
    status = {"haringey": "partial: not filled", "enfield": "complete", "camden": "impossible: no column"}
    judged = [
        {"check_id": "harmonisation", "subject": f"{site}:participants.ethnicity", "status": said}
        for site, said in status.items()
    ]
    judged.append({"check_id": "harmonisation", "subject": "camden:jobs.sector", "status": "impossible: no column"})
    results = replace(people.results, counts=tidy(rows, COUNTS), checks=tidy(judged, CHECKS))
    checks = {
        "D102": {"title": "a date cannot be read", "severity": "must fix"},
        "D112": {"title": "a row stands twice", "severity": "changed for you"},
        "D131": {"title": "the age is outside", "severity": "please check"},
    }
    return Release(results, replace(people.meta, checks=checks, fields={"participants.ethnicity": "Ethnic group"}))
