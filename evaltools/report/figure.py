"""A figure: headline from the result, statistical subtitle, picture, description, and its numbers as a table."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from evaltools.errors import Problem, ReportError
from evaltools.report.html import Asset, Html, element, join, paragraphs
from evaltools.report.picture import Picture
from evaltools.report.table import Table, number

__all__ = ["Figure", "not_shown"]


def not_shown(what: str, reason: str) -> Html:
    """Return a line that says what is missing from the page and why."""
    return element("p", element("b", f"{what} is not shown: "), f"{reason.rstrip('.')}.", class_="missing")


@dataclass(frozen=True)
class Figure:
    """One figure of a report. It cannot be made without a description for those who do not see it.

    name: the name of its files. headline: what it shows, from the result. subtitle: what is measured and of whom.
    data: the numbers drawn. below: what stands under the picture, such as an at-risk table. note: how it was made.
    """

    name: str
    headline: str
    subtitle: str
    alt: str
    picture: Picture
    data: Table
    below: Html | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise ReportError(
                Problem(
                    "R203",
                    f"the figure '{self.name}' has no description for people who cannot see it",
                    detail="alt is empty",
                    fix="give alt: one or two sentences with the numbers that the figure shows",
                )
            )

    def _drawing(self, svg: str, width: str) -> Html:
        opening = re.sub(r' (width|height)="[^"]*"', "", svg[: svg.index(">")])
        described = f'role="img" aria-label="{html.escape(self.alt)}" class="{width}"'
        return Html(f"{opening} {described}>{svg[svg.index('>') + 1 :]}")

    def block(self) -> Html:
        """Return the figure as HTML; its picture and numbers travel along, to be saved beside the page."""
        caption = element(
            "figcaption",
            element("p", element("b", number("Figure", self.name), "."), " ", self.headline, class_="headline"),
            element("p", self.subtitle, class_="subtitle"),
        )
        data = element(
            "details", element("summary", "Data for ", number("Figure", self.name)), self.data.block(), class_="data"
        )
        whole = element(
            "figure",
            caption,
            self._drawing(self.picture.wide, "wide"),
            self._drawing(self.picture.narrow, "narrow"),
            self.below,
            element("div", paragraphs(self.note), class_="note") if self.note else None,
            data,
        )
        return Html(join(whole).text, (Asset(self.name, self.picture.wide, self.data.csv, self.alt),))

    def _repr_html_(self) -> str:
        return self.block().text
