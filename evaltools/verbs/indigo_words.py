"""What the words of the INDIGO dump mean in ours: metrics, groups of people, short ids."""

from __future__ import annotations

import re

__all__ = ["cohort_of", "measure_of", "site_id_of"]

_UNDER = re.compile(r"(<|under|less than)\s*16")
_OVER = re.compile(r"(>|over|more than)\s*16")


def measure_of(definition: str) -> str:
    """Return the measure that a metric's definition in words is about; empty when it is none of ours.

    The words decide, since metric numbers mean different things in different projects.

    >>> measure_of("Metric 4: Job sustainment > 16 hours per week"), measure_of("Metric 2: Job Start")
    ('sustained_13_over_16', 'job_starts')
    >>> measure_of("Metric 3: Participant remains in job for 6 weeks.")
    ''
    """
    words = definition.lower()
    if re.search(r"sustain|remains in job", words):
        under, over = bool(_UNDER.search(words)), bool(_OVER.search(words))
        if re.search(r"\b6 (weeks|months)", words):
            return ""
        if under != over:
            return "sustained_13_under_16" if under else "sustained_13_over_16"
        return "sustained_13" if under or "13" in words else ""
    if "health" in words and re.search(r"forecast|cost|saving|usage", words):
        return "health_saving"
    if "health improvement" in words:
        return "health_improved"
    if re.search(r"job starts?\b|starts? (a |competitive |paid )*job|starts? paid employment", words):
        return "job_starts"
    return "engaged" if re.search(r"engage", words) else ""


def cohort_of(population: str) -> str:
    """Return the cohort that a target population in words belongs to; empty when the words do not say.

    >>> cohort_of("People with learning disabilities"), cohort_of("")
    ('ld', '')
    """
    words = population.lower()
    if re.search(r"drug|alcohol|addict", words):
        return "addiction"
    if "learning disab" in words or "autis" in words:
        return "ld"
    return "smi" if re.search(r"(severe|serious|enduring).*mental", words) else ""


def site_id_of(project: str) -> str:
    """Return a short id.

    >>> site_id_of("INDIGO-POJ-0188")
    'poj_0188'
    """
    return re.sub(r"[^a-z0-9]+", "_", project.lower()).strip("_").removeprefix("indigo_")
