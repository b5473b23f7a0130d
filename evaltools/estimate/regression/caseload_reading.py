"""What may be read from an association with caseload: by rule, from what is known of the months and the specialists."""

from __future__ import annotations

from evaltools.estimate.regression.mundlak import MundlakContrast

__all__ = ["caseload_reading"]

_REFUSED = "The association with caseload is not read as what caseload does"


def caseload_reading(
    contrast: MundlakContrast | None, vacancy_months: int, handed_over_months: int, level: float = 0.95
) -> tuple[str, ...]:
    """Refuse readings that the design does not support; empty when none of the three known reasons is there.

    Parameters
    ----------
    contrast : MundlakContrast or None
        Within and between specialists; None when the model is within specialists already.
    vacancy_months : int
        Specialist-months in the model in which part of the post was vacant.
    handed_over_months : int
        Specialist-months in the model with clients handed over from others.
    level : float
        Confidence level of the contrast.

    Examples
    --------
    >>> caseload_reading(None, 0, 3)[0].split(": ")[1]
    'in 3 specialist-months clients of vacant posts were handed over. Leave these months out.'
    """
    found = []
    if contrast is not None and float(contrast.contrasts["p"].iloc[2]) < 1 - level:
        found.append(
            f"{_REFUSED}: specialists with larger caseloads differ in other ways. Compare each specialist with themselves."
        )
    if vacancy_months:
        found.append(
            f"{_REFUSED}: in {vacancy_months} specialist-months part of the post was vacant. Leave these months out."
        )
    if handed_over_months:
        found.append(
            f"{_REFUSED}: in {handed_over_months} specialist-months clients of vacant posts were handed over. "
            "Leave these months out."
        )
    return tuple(found)
