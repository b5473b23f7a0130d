"""Blocks of HTML: escaped unless they are known to be safe, composed into sections, carrying the figures they hold."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

__all__ = ["FIGURE_MIME", "Asset", "Html", "element", "join", "paragraphs", "safe", "section", "slug"]

FIGURE_MIME = "application/vnd.evaltools.figure+json"


@dataclass(frozen=True)
class Asset:
    """What is saved beside a page for one figure: a picture, its numbers and its description."""

    name: str
    svg: str
    csv: str
    alt: str


@dataclass(frozen=True)
class Html:
    """A frozen block of HTML that is known to be safe, and the figures in it.

    >>> Html("<p>Shown as it is</p>")._repr_html_()
    '<p>Shown as it is</p>'
    """

    text: str
    figures: tuple[Asset, ...] = ()

    def _repr_html_(self) -> str:
        return self.text

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        bundle: dict[str, Any] = {"text/html": self.text, "text/plain": ""}
        if self.figures:
            bundle[FIGURE_MIME] = {"figures": [vars(figure) for figure in self.figures]}
        return bundle


def safe(content: object) -> str:
    """Return the text of a block as it is and everything else escaped.

    >>> safe("<script>")
    '&lt;script&gt;'
    """
    return content.text if isinstance(content, Html) else html.escape(str(content))


def join(*blocks: Html | str | None) -> Html:
    """Put blocks one after the other, leaving out those that are None, keeping their figures."""
    held = [block for block in blocks if block is not None]
    figures = tuple(figure for block in held if isinstance(block, Html) for figure in block.figures)
    return Html("".join(safe(block) for block in held), figures)


def element(tag: str, *children: Html | str | None, **attributes: str) -> Html:
    """Wrap children in a tag; children are escaped unless they are `Html`, attributes always are.

    A trailing underscore is dropped from an attribute's name and the others become hyphens.

    >>> element("p", "5 < 6", class_="note").text
    '<p class="note">5 &lt; 6</p>'
    """
    inner = join(*children)
    names = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    written = "".join(f' {name}="{html.escape(value)}"' for name, value in names.items())
    return Html(f"<{tag}{written}>{inner.text}</{tag}>", inner.figures)


def paragraphs(prose: str) -> Html:
    """Turn plain text into paragraphs, divided at blank lines."""
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", prose)]
    return join(*(element("p", part) for part in parts if part))


def slug(heading: str) -> str:
    """Turn a heading into an id.

    >>> slug("How sites compare: 2023")
    'how-sites-compare-2023'
    """
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-") or "part"


def section(heading: str, prose: str = "", *blocks: Html | None, level: int = 2) -> Html:
    """Return a section of a report, or an empty block when every block given is None or empty.

    So one notebook serves studies of people and of totals: what a study does not have takes its heading and prose with it.

    >>> section("Payments", "Pounds paid.", None).text
    ''
    """
    held = [block for block in blocks if block is not None and block.text]
    if blocks and not held:
        return Html("")
    title = element(f"h{level}", heading, id=slug(heading))
    return element("section", title, paragraphs(prose), *held)
