"""Compose a page from an executed notebook: its blocks in order, figures and tables numbered, a list of contents."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

from nbconvert.filters.markdown import markdown2html

from evaltools.report.html import FIGURE_MIME, Asset, slug

__all__ = ["Page", "compose"]

_HEADING = re.compile(r"<h([23])([^>]*)>(.*?)</h\1>", re.DOTALL)
_NUMBER = re.compile(r'<span data-number="(figure|table):([^"]*)">[^<]*</span>')


@dataclass(frozen=True)
class Page:
    """The body of a page as HTML, its contents (level, id, heading) and the figures to be saved beside it."""

    body: str
    contents: tuple[tuple[int, str, str], ...]
    figures: tuple[Asset, ...]


def compose(notebook: Any) -> Page:
    """Compose the cells of an executed notebook (nbformat 4) into a page; code is left out."""
    blocks: list[str] = []
    figures: list[Asset] = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            blocks.append(_markdown(cell.source))
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            blocks.append(_text(data))
            figures += [Asset(**figure) for figure in data.get(FIGURE_MIME, {}).get("figures", [])]
    body, contents = _headings(_numbers("\n".join(block for block in blocks if block)))
    return Page(body, contents, tuple(figures))


def _markdown(source: str) -> str:
    rendered = re.sub(r'<a class="anchor-link".*?</a>', "", markdown2html(source))
    return re.sub(r"<h([1-6])[^>]*>", r"<h\1>", rendered)


def _text(data: Any) -> str:
    if "text/html" in data:
        return str(data["text/html"])
    plain = data.get("text/plain", "")
    return f"<pre>{html.escape(plain)}</pre>" if plain else ""


def _numbers(body: str) -> str:
    """Give figures and tables numbers in the order in which they first appear."""
    seen: dict[str, list[str]] = {"figure": [], "table": []}

    def place(found: re.Match[str]) -> str:
        kind, name = found[1], found[2]
        if name not in seen[kind]:
            seen[kind].append(name)
        return f"{kind.capitalize()} {seen[kind].index(name) + 1}"

    return _NUMBER.sub(place, body)


def _headings(body: str) -> tuple[str, tuple[tuple[int, str, str], ...]]:
    """Give each heading an id of its own, and list them."""
    contents: list[tuple[int, str, str]] = []
    used: dict[str, int] = {}

    def place(found: re.Match[str]) -> str:
        heading = html.unescape(re.sub(r"<[^>]+>", "", found[3]))
        stem = slug(heading)
        used[stem] = used.get(stem, 0) + 1
        anchor = stem if used[stem] == 1 else f"{stem}-{used[stem]}"
        contents.append((int(found[1]), anchor, heading))
        return f'<h{found[1]} id="{anchor}">{found[3]}</h{found[1]}>'

    return _HEADING.sub(place, body), tuple(contents)
