"""What one site hands in: its files, the layout that reads them, and the account that a correct reader must give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from evaltools.synthetic.programme import Programme
from evaltools.synthetic.provider_sheet import Line, ProviderSheet
from evaltools.synthetic.site_plan import SITES, SitePlan

__all__ = ["Delivery", "Refusal", "plan_of", "without_jobs"]


@dataclass(frozen=True)
class Refusal:
    """A file that cannot be read. why: password or truncated."""

    file: str
    why: str


@dataclass(frozen=True)
class Delivery:
    """Files of one site. files: content by name in raw/. layout: YAML. sheets: what was written, for the account."""

    plan: SitePlan
    files: dict[str, bytes]
    layout: str
    sheets: tuple[ProviderSheet, ...]
    refused: tuple[Refusal, ...] = ()
    unused_sheets: tuple[tuple[str, str], ...] = field(default=())

    def accounting(self) -> list[dict[str, object]]:
        """Give one account for each sheet, with the site."""
        told: list[dict[str, object]] = [{"site": self.plan.id, **sheet.accounting()} for sheet in self.sheets]
        told += [
            {"site": self.plan.id, "file": refusal.file, "sheet": "", "status": "refused", "why": refusal.why}
            for refusal in self.refused
        ]
        told += [
            {"site": self.plan.id, "file": file, "sheet": sheet, "status": "not used"} for file, sheet in self.unused_sheets
        ]
        return told


def plan_of(site: str) -> SitePlan:
    """Give the plan of a site."""
    return next(plan for plan in SITES if plan.id == site)


def without_jobs(truth: Programme) -> Callable[[Line], bool]:
    """Give a test that picks lines of people who have no job, so that losing the line leaves no job behind."""
    workers = set(truth.jobs["participant_id"])
    return lambda line: line.key[0] not in workers
