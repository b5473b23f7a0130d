"""The page that links everything that was rendered: what there is, for whom and from what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evaltools.domain.release import Meta
from evaltools.report.html import Html, element, join
from evaltools.report.words import day, few, plural, sentence

__all__ = ["Entry", "index"]

_KINDS = {"records": "Records of people", "counts": "Published totals"}


@dataclass(frozen=True)
class Entry:
    """One study. files: path from the index and what it is, for example ('demo/overview.html', 'Overview')."""

    meta: Meta
    files: tuple[tuple[str, str], ...]


def index(entries: Iterable[Entry]) -> Html:
    """Return the body of reports/index.html: a card for each study."""
    studies = list(entries)
    made_up = sum(entry.meta.synthetic for entry in studies)
    real = len(studies) - made_up
    lead = element("p", f"{sentence(plural(len(studies), 'study' if len(studies) == 1 else 'studie'))}", class_="lead")
    return join(lead, element("p", few(real)), *(_card(entry) for entry in studies))


def _card(entry: Entry) -> Html:
    return element("article", entry.meta.title, day(entry.meta.data_cut))
