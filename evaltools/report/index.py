"""The page that links everything that was rendered: what there is, for whom and from what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evaltools.domain.release import Meta
from evaltools.report.html import Html, element, join
from evaltools.report.words import day, few, sentence

__all__ = ["Entry", "index_page"]

_READERS = {
    "overview": ("Overview", "for commissioners, providers and evaluators"),
}
_KINDS = {"records": "Records of people", "counts": "Published totals"}
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


@dataclass(frozen=True)
class Entry:
    """One study that was rendered. folder: its folder under reports/. pages: file names there."""

    folder: str
    meta: Meta
    pages: tuple[str, ...]


def index_page(entries: Sequence[Entry], css: str) -> str:
    """Return reports/index.html: a card for each study, real data first. css: the style of the reports."""
    ordered = sorted(entries, key=lambda entry: entry.meta.synthetic)
    cards = element("ul", *(_card(entry) for entry in ordered), class_="cards")
    main = element("main", element("p", _lead(entries), class_="lead"), cards if entries else None, id="main", class_="page")
    band = element("div", element("h1", "Evaluation reports"), element("p", _SUBTITLE, class_="subtitle"), class_="page")
    skip = element("a", "Skip to main content", href="#main", class_="skip")
    body = element("body", skip, element("header", band, class_="band"), main)
    head = (
        f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Evaluation reports</title>\n<style>\n{css}</style>"
    )
    return f'<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n{head}\n</head>\n{body.text}\n</html>\n'


_SUBTITLE = "Supported employment (Individual Placement and Support)"


def _lead(entries: Sequence[Entry]) -> str:
    if not entries:
        return "Nothing has been rendered yet. Run 'make report'."
    made_up = sum(entry.meta.synthetic for entry in entries)
    real = len(entries) - made_up
    said = [f"{few(real)} from real data" if real else "", f"{few(made_up)} from synthetic data" if made_up else ""]
    total = f"{few(len(entries))} stud{'y' if len(entries) == 1 else 'ies'}"
    return f"{sentence(total)}: {' and '.join(filter(None, said))}. Each page is one file that can be sent by email."


def _card(entry: Entry) -> Html:
    meta = entry.meta
    kind = "Synthetic data" if meta.synthetic else "Real data"
    tag = element("span", kind, class_="tag synthetic" if meta.synthetic else "tag")
    links = [element("li", _link(entry.folder, page)) for page in entry.pages]
    facts = f"{_KINDS[meta.kind]}, to {day(meta.data_cut)}. {meta.sources[0] if meta.sources else ''}".strip()
    return element(
        "li",
        element("p", tag),
        element("h2", meta.title),
        element("p", meta.subtitle) if meta.subtitle else None,
        element("ul", *links, class_="links"),
        element("p", facts, class_="detail"),
    )


def _link(folder: str, page: str) -> Html:
    stem = page.rsplit(".", 1)[0]
    title, reader = _READERS.get(stem, (sentence(stem.replace("-", " ").replace("_", " ")), ""))
    if page.endswith(".pdf"):
        return element("a", f"{title} (PDF)", href=f"{folder}/{page}")
    return join(element("a", title, href=f"{folder}/{page}"), f" {reader}" if reader else None)
