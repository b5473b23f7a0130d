"""Instruments: scales of well-being, health and self-reliance, each with its range and which way is better."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from evaltools.errors import EstimateError, Problem

__all__ = ["INSTRUMENTS", "Better", "Instrument", "instrument_id"]

Better = Literal["higher", "lower"]


@dataclass(frozen=True)
class Instrument:
    """One scale.

    id: see `instrument_id`. minimum, maximum: lowest and highest possible score. better: which way is better; None where it
    is not known, and then no change is an improvement. reliability: test-retest or internal consistency, above 0 and below
    1; sd: standard deviation of scores before the service, above 0; both from a published source that the study names, or
    None.
    """

    id: str
    label: str
    minimum: float
    maximum: float
    better: Better | None
    reliability: float | None = None
    sd: float | None = None
    source: str = ""

    def __post_init__(self) -> None:
        place = f"instrument '{self.id}'"
        if not self.minimum < self.maximum:
            fix = "give the lowest and the highest possible score"
            raise EstimateError(Problem("E193", "the scale has no width", place, fix=fix))
        if self.reliability is not None and not 0 < self.reliability < 1:
            raise EstimateError(
                Problem("E193", f"{self.reliability:g} is no reliability", place, fix="give a number such as 0.84")
            )
        if self.sd is not None and not self.sd > 0:
            raise EstimateError(Problem("E193", f"{self.sd:g} is no standard deviation", place, fix="give a number above 0"))


def instrument_id(name: str) -> str:
    """Give the id of an instrument by the name that a site writes: small letters and digits only.

    Two scales with different names are never the same instrument, however alike they are.

    >>> instrument_id("PHQ-9"), instrument_id("S WEMWBS")
    ('phq9', 'swemwbs')
    """
    return re.sub(r"[^a-z0-9]", "", name.casefold())


INSTRUMENTS = MappingProxyType(
    {
        each.id: each
        for each in (
            Instrument("swemwbs", "Short Warwick-Edinburgh Mental Wellbeing Scale", 7, 35, "higher"),
            Instrument("wemwbs", "Warwick-Edinburgh Mental Wellbeing Scale", 14, 70, "higher"),
            Instrument("reqol10", "Recovering Quality of Life, 10 items", 0, 40, "higher"),
            Instrument("gse", "General Self-Efficacy Scale", 10, 40, "higher"),
            Instrument("who5", "WHO-5 Well-Being Index, percentage score", 0, 100, "higher"),
            Instrument("phq9", "Patient Health Questionnaire, 9 items", 0, 27, "lower"),
            Instrument("gad7", "Generalised Anxiety Disorder scale, 7 items", 0, 21, "lower"),
            Instrument("core10", "Clinical Outcomes in Routine Evaluation, 10 items", 0, 40, "lower"),
            Instrument("wsas", "Work and Social Adjustment Scale", 0, 40, "lower"),
        )
    }
)
"""Scales that are known by name. Reliability and standard deviation depend on the population: a study states them."""
