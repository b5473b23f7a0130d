"""Figure: the share of rows without an entry, field by site."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle

from evaltools.domain.release import Release
from evaltools.report.figure import Figure
from evaltools.report.harmonisation_status import field_name, statuses
from evaltools.report.html import Html
from evaltools.report.palette import BLUE
from evaltools.report.picture import picture
from evaltools.report.quality_counts import chosen_sites, quality_counts
from evaltools.report.table import Table
from evaltools.report.words import HIDDEN, percent, plural

__all__ = ["missingness_map"]

_INK = "#0B0C0C"
_HIDDEN, _ABSENT = -1.0, -2.0  # beside shares from 0 to 1
_ROW, _LINE, _FOOT = 0.27, 0.17, 0.22  # inches: a row of cells, a line of a site's name, below
_NARROW = 29  # letters of a field that a telephone has room for
_WHITE_FROM = 0.7  # a share from which white words can be read on the shade, and dark ones cannot
_HAPPEN = ("first_contact_date", "profile_", "third_appointment_date", "engaged_date", "accepted_date", "last_contact_date")
_NOTE = (
    "A darker cell has more rows without an entry; 'unknown' is no entry. Dash: the site's files cannot give the field. "
    "Steps, ends and discharges are rightly empty where they have not happened; the headline leaves them out."
)


def missingness_map(release: Release, site_id: str = "") -> Html | None:
    """Draw the share of missing entries of each field at each site; None when the release does not say."""
    found = statuses(release, site_id)
    counts = quality_counts(release, "fields")
    sites = [site for site in chosen_sites(release, site_id) if any(site in held for held in found.values())]
    if not sites:
        return None
    shares = np.array([[_share(counts, site, field) for site in sites] for field in found])
    names, labels = [field_name(release, field) for field in found], [release.meta.sites[site] for site in sites]
    height = _ROW * len(names) + _FOOT
    heads = (0.12 + _LINE * max(_wrapped(label).count("\n") + 1 for label in labels), 0.15 + 0.085 * max(map(len, labels)))
    entered = np.array([not _happens(field) for field in found])
    cells = [[_words(share) for share in row] for row in shares]
    hidden = (shares == _HIDDEN).any()
    return Figure(
        "missingness",
        _headline(shares[entered], [name for name, asked in zip(names, entered, strict=True) if asked]),
        f"Percentage of rows without an entry, {plural(len(names), 'field')} at {plural(len(sites), 'site')}",
        _alt(shares, names, labels),
        picture(
            "missingness",
            lambda canvas, narrow: _draw(canvas, narrow, shares, names, labels),
            (height + heads[0], height + heads[1]),
            release.meta.synthetic,
        ),
        Table(
            "data-missingness",
            "Share of rows without an entry",
            ("Field", *labels),
            tuple((name, *row) for name, row in zip(names, cells, strict=True)),
        ),
        note=_NOTE + (f" {HIDDEN}: few entries are missing, or few are given. {release.meta.rule}" if hidden else ""),
    ).block()


def _share(counts: dict[tuple[str, str], float | None], site: str, field: str) -> float:
    rows = counts.get((site, f"{field}.rows"))
    if not rows:
        return _ABSENT if (site, f"{field}.rows") not in counts or rows == 0 else _HIDDEN
    missing = counts[site, f"{field}.missing"]
    return _HIDDEN if missing is None else min(1.0, missing / rows)


def _words(share: float) -> str:
    return HIDDEN if share == _HIDDEN else "–" if share == _ABSENT else percent(share)


def _happens(field: str) -> bool:
    """Say whether a field is empty where something has not happened.

    >>> _happens("jobs.end_date"), _happens("participants.sex")
    (True, False)
    """
    return field.partition(".")[2].startswith((*_HAPPEN, "end_", "discharge_"))


def _wrapped(label: str) -> str:
    return textwrap.fill(label, 12)


def _headline(shares: np.ndarray, names: Sequence[str]) -> str:
    """Name the field with the largest known share of missing entries at one site, of those that everybody has."""
    if not (shares >= 0).any():
        return "How many entries are missing is not shown"
    row, most = int(np.argmax(shares.max(axis=1))), float(shares.max())
    if most == 0:
        return "No entry is missing that everybody should have"
    return f"Of what everybody should have, {_in_sentence(names[row])} is missing most often: {percent(most)} at one site"


def _in_sentence(name: str) -> str:
    return name.partition(": ")[2] or name


def _alt(shares: np.ndarray, names: Sequence[str], labels: Sequence[str]) -> str:
    parts = []
    for column, label in enumerate(labels):
        worst = int(np.argmax(shares[:, column]))
        share = shares[worst, column]
        parts.append(f"{label}: most in {names[worst].lower()}, {percent(share)}" if share >= 0 else f"{label}: not shown")
    return f"Table of shades. Share of rows without an entry, by field and site. {'; '.join(parts)}."


def _draw(canvas: Canvas, narrow: bool, shares: np.ndarray, names: Sequence[str], labels: Sequence[str]) -> None:
    width, height = canvas.get_size_inches()
    left = 1.8 if narrow else 2.95
    bottom, rows = _FOOT / height, _ROW * len(names) / height
    axes = canvas.add_axes((left / width, bottom, 1 - (left + 0.06) / width, rows))
    axes.set_xlim(0, len(labels))
    axes.set_ylim(len(names), 0)
    axes.grid(False)
    axes.tick_params(length=0)
    for (row, column), share in np.ndenumerate(shares):
        _cell(canvas, row, column, float(share), narrow)
    axes.set_yticks(np.arange(len(names)) + 0.5, [_short(name, narrow) for name in names], fontsize=8 if narrow else 9.5)
    axes.xaxis.tick_top()
    axes.set_xticks(
        np.arange(len(labels)) + 0.5,
        [label if narrow else _wrapped(label) for label in labels],
        rotation=90 if narrow else 0,
    )
    for side in axes.spines.values():
        side.set_visible(False)


def _short(name: str, narrow: bool) -> str:
    if not narrow:
        return name
    said = name.partition(": ")[2]
    said = said[:1].upper() + said[1:]
    return said if len(said) <= _NARROW else textwrap.shorten(said, _NARROW, placeholder="…")


def _cell(canvas: Canvas, row: int, column: int, share: float, narrow: bool) -> None:
    axes = canvas.axes[0]
    shade = max(share, 0.0)
    face = "#FFFFFF" if share < 0 else BLUE
    axes.add_patch(
        Rectangle((column, row), 1, 1, facecolor=face, alpha=1.0 if share < 0 else 0.06 + 0.94 * shade, linewidth=0)
    )
    axes.add_patch(Rectangle((column, row), 1, 1, fill=False, edgecolor="#FFFFFF", linewidth=1.5))
    words = _words(share).replace("%", "") if narrow else _words(share)
    colour = "#FFFFFF" if shade > _WHITE_FROM else _INK
    axes.text(column + 0.5, row + 0.5, words, ha="center", va="center", color=colour, fontsize=8 if narrow else 9)
