"""The headline numbers at the top of a report, four at most, each with what it is a share of."""

from __future__ import annotations

from dataclasses import dataclass

from evaltools.domain.release import Release
from evaltools.domain.reliance import GREYED, doubt
from evaltools.report.flow_table import flow
from evaltools.report.html import Html, element
from evaltools.report.kept_range import followed_words, kept_range
from evaltools.report.names import outcome_name, weeks
from evaltools.report.rows import Row, by_horizon, decimals, one, rows
from evaltools.report.share import hidden_words, mark, share
from evaltools.report.timescale import timescale
from evaltools.report.words import count, day, interval, plural, pounds, sentence

__all__ = ["Tile", "nearest", "tiles"]


@dataclass(frozen=True)
class Tile:
    """One headline number, what it says, and what it is a share of. doubt: why it is not to be relied on, shown grey."""

    value: str
    label: str
    detail: str
    doubt: str = ""

    def block(self) -> Html:
        """Return the tile as an item of a list."""
        value = element("span", self.value, class_="value" if len(self.value) < 9 else "value long")
        label = element("span", self.label, class_="label")
        caution = element("span", f"{GREYED}{self.doubt}".capitalize(), class_="detail") if self.doubt else None
        detail = element("span", self.detail, class_="detail")
        return element("li", value, label, detail, caution, **({"class_": "unrelied"} if self.doubt else {}))


def nearest(found: list[Row], horizon: float) -> Row | None:
    """Return the row whose horizon is nearest to one, in days."""
    timed = [row for row in found if row["horizon"] is not None]
    return min(timed, key=lambda row: abs(float(row["horizon"]) - horizon), default=None)


def tiles(release: Release) -> Html | None:
    """Return up to four headline numbers, or None when the release holds none of them."""
    made = _people(release) if release.meta.kind == "records" else _totals(release)
    chosen = [tile for tile in made if tile][:4]
    return element("ul", *(tile.block() for tile in chosen), class_="tiles") if chosen else None


def _share(release: Release, row: Row | None, label: str) -> Tile | None:
    if row is None:
        return None
    said = share(release, row, decimals(release, row))
    if said.hidden:
        return Tile(said.percent, label, said.hidden)
    counts = said.of if row["numerator"] is not None and row["statistic"] == "proportion" else f"of {said.denominator}"
    around = f"; {said.level} interval {said.interval}" if said.interval else ""
    return Tile(said.percent, label, f"{counts} {said.denominator_name}{around}", said.doubt)


def _people(release: Release) -> list[Tile | None]:
    incidence = rows(release, outcome="job_start", statistic="cumulative_incidence", group_by="programme", term="job")
    started = nearest(incidence, 365) or one(release, outcome="job_start", statistic="proportion", group_by="programme")
    kept_rows = rows(release, outcome="sustained", statistic="proportion", group_by="programme")
    kept = nearest(by_horizon(kept_rows), 91)
    return [
        _referred(release),
        _share(release, started, _within(started)),
        _median(release),
        _kept(release, kept),
    ]


def _kept(release: Release, row: Row | None) -> Tile | None:
    bounds = kept_range(release, row) if row else None
    if row is None or bounds is None:
        return _share(release, row, f"kept the first job {weeks(row)} weeks" if row else "")
    around = interval(bounds["lower"], bounds["upper"], decimals(release, bounds))
    return Tile(around, f"kept the first job {weeks(row)} weeks", f"possible range, of {followed_words(bounds)}")


def _within(row: Row | None) -> str:
    if row is None or row["horizon"] is None:
        return "started a first job"
    return f"started a first job within {timescale([row['horizon']], float(row['horizon'])).words(row['horizon'])}"


def _referred(release: Release) -> Tile | None:
    counted = flow(release)
    step = next((step for step in ("referred", "engaged") if ("all", step) in counted), None)
    if step is None:
        return None
    sites = f"{plural(len(release.meta.sites), 'site')}, " if len(release.meta.sites) > 1 else ""
    return Tile(count(counted["all", step]), f"people {step}", f"{sites}data to {day(release.meta.data_cut)}")


def _median(release: Release) -> Tile | None:
    row = one(release, outcome="job_start", statistic="median", group_by="programme")
    if row is None:
        return None
    label = "median time to a first job"
    if row["value"] is not None:
        low, high = row["lower"], row["upper"]
        around = f"; 95% interval {count(low)} to {count(high)} days" if low is not None and high is not None else ""
        half = f"half of the people engaged had started by then{around}"
        return Tile(f"{count(row['value'])} days", label, half, doubt(row["note"]))
    note = str(row["note"] or "")
    if note and "reach" not in note:
        return Tile(mark(release, row), label, hidden_words(release, row))
    return Tile("Not reached", label, "fewer than half of the people engaged had started a job while they were followed")


def _totals(release: Release) -> list[Tile | None]:
    found = rows(release, statistic="proportion", group_by="programme")
    shares = [_share(release, row, sentence(outcome_name(release, row))) for row in found]
    paid = one(release, outcome="payments", statistic="sum", group_by="programme", term="paid")
    return [*shares[: 3 if paid else 4], _paid(release, paid)]


def _paid(release: Release, row: Row | None) -> Tile | None:
    if row is None or row["value"] is None:
        return None
    ratio = one(release, outcome="payments", statistic="ratio", group_by="programme")
    return Tile(pounds(row["value"]), "paid for outcomes", _each(ratio) or release.meta.programme)


def _each(ratio: Row | None) -> str:
    """Pounds for each job start, with how many job starts they are."""
    if ratio is None or ratio["value"] is None:
        return ""
    among = "" if ratio["denominator"] is None else f" ({count(ratio['denominator'])} job starts)"
    return f"{pounds(ratio['value'])} for each job start{among}"
