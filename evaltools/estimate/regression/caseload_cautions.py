"""What every result on caseloads and specialists must be read with: five cautions that go wherever the number goes."""

from __future__ import annotations

__all__ = ["CASELOAD_CAUTIONS"]

CASELOAD_CAUTIONS: tuple[str, ...] = (
    "Which comes first is not known: good specialists may be given more clients, and placed clients leave the caseload or "
    "stay on it as in-work support.",
    "A vacant post hands its clients, with old referral dates, to colleagues: a larger caseload then holds other clients.",
    "A caseload is arrivals times length of stay: slow placement itself fills it.",
    "Sites differ in labour market, referrals and season; specialists of one site share them.",
    "More job starts in total with a larger caseload are compatible with a smaller chance for each client.",
)
"""In the order of the specification: reverse causality, orphans, stock and flow, place and time, total and rate."""
