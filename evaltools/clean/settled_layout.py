"""Make a layout of settled columns, with a comment for each that says why it is read so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evaltools.clean.map_targets import SHARED
from evaltools.clean.propose_codes import ProposedCodes
from evaltools.clean.propose_layout import ColumnDetails, ProposedSheet, column_details, table_of
from evaltools.clean.settle_columns import SettledColumn
from evaltools.schema.layout import Column, Layout, Repeat, SheetLayout
from evaltools.schema.table import Schema
from evaltools.schema.write_layout import LayoutComments

__all__ = ["layout_comments", "settled_fields", "settled_layout"]

_MOST_LISTED = 12  # entries that no list knows, in a comment
_MOST_CODES = 40  # different unknown entries from which a column is hardly one of codes, and none is quoted
_LONGEST_ENTRY = 40  # letters; a longer entry may be free text, and is only counted

Settled = Mapping[tuple[str, str], str]


def settled_fields(settled: Sequence[SettledColumn], schema: Schema) -> dict[tuple[str, str], str]:
    """Give the `table.field` of each settled column, by sheet and header; '' for those not read."""
    fed: dict[str, list[str]] = {}
    for one in settled:
        if "." in one.target:
            fed.setdefault(one.sheet, []).append(one.target.partition(".")[0])
    return {
        (one.sheet, one.column.header): f"{table_of(one.target, fed.get(one.sheet, ()), schema)}.{one.target}"
        if one.target in SHARED
        else one.target
        for one in settled
    }


def settled_layout(
    site: str,
    files: Sequence[str],
    sheets: Sequence[ProposedSheet],
    settled: Sequence[SettledColumn],
    schema: Schema,
    from_1904: bool = False,
) -> Layout:
    """Make the layout. from_1904: the workbook counts its days from 1904. Raises nothing: what it lacks, checks say."""
    fields = settled_fields(settled, schema)
    return Layout(
        site=site,
        files=tuple(files),
        sheets=tuple(_sheet(sheet, settled, fields, schema, from_1904) for sheet in sheets),
    )


def _sheet(
    sheet: ProposedSheet, settled: Sequence[SettledColumn], fields: Settled, schema: Schema, from_1904: bool
) -> SheetLayout:
    mine = [one for one in settled if one.sheet == sheet.sheet]
    columns = {
        one.column.header: _column(one, fields[one.sheet, one.column.header], schema, from_1904)
        for one in mine
        if fields[one.sheet, one.column.header]
    }
    many = {one.column.header: one.column.times for one in mine if one.column.times}
    ignored = [
        one.column.header.replace("{n}", str(number)) if one.column.times else one.column.header
        for one in mine
        if not fields[one.sheet, one.column.header]
        for number in range(1, max(one.column.times, 1) + 1)
    ]
    return SheetLayout(
        sheet=sheet.sheet,
        header_row=sheet.place.row,
        header_rows=sheet.place.rows,
        columns={header: column for header, column in columns.items() if header not in many},
        repeats=tuple(_repeats({header: columns[header] for header in many if header in columns}, many)),
        ignore=tuple(ignored),
    )


def _column(one: SettledColumn, field: str, schema: Schema, from_1904: bool) -> Column:
    details = column_details(one.column, field, schema, from_1904)
    said = one.answer
    notations = details.notations.notations if details.notations else ()
    return Column.model_validate(
        {
            "field": field,
            "codes": _doubtful(details.codes) | (dict(said.codes) if said else {}),
            "dates": (said.dates if said and said.dates else notations),
        }
    )


def _doubtful(codes: ProposedCodes | None) -> dict[str, str]:
    """Keep entries unknown that the codelist knows, but hardly as this provider means them."""
    if codes is None or "unknown" not in codes.allowed:
        return {}
    return {one.entry: "unknown" for one in codes.unseen if one.doubtful}


def _repeats(columns: Mapping[str, Column], times: Mapping[str, int]) -> list[Repeat]:
    tables: dict[str, dict[str, Column]] = {}
    for header, column in columns.items():
        tables.setdefault(column.field.partition(".")[0], {})[header] = column
    repeats = []
    for table, held in tables.items():
        most = max(times[header] for header in held)
        short = {name: one.model_copy(update={"optional": times[name] < most}) for name, one in held.items()}
        repeats.append(Repeat(table=table, times=most, columns=short))
    return repeats


def layout_comments(
    sheets: Sequence[ProposedSheet],
    settled: Sequence[SettledColumn],
    schema: Schema,
    heading: Sequence[str],
    from_1904: bool = False,
) -> LayoutComments:
    """Say of every sheet and column why it is read so: how sure, filled share, runners-up, what remains to be answered."""
    fields = settled_fields(settled, schema)
    columns: dict[tuple[str, str], list[str]] = {}
    for one in settled:
        field = fields[one.sheet, one.column.header]
        lines = [_why(one), *_remarks(one, column_details(one.column, field, schema, from_1904))]
        header = one.column.header if field or not one.column.times else one.column.header.replace("{n}", "1")
        columns[one.sheet, header] = lines
    said = {sheet.sheet: f"{sheet.records:,} records" for sheet in sheets}
    return LayoutComments(tuple(heading), said, {key: tuple(lines) for key, lines in columns.items()})


def _why(one: SettledColumn) -> str:
    proposal = one.column.proposal
    runners = ", ".join(f"{target} {score:.0%}" for target, score in proposal.runners[:2])
    next_ones = f"; next: {runners}" if runners else ""
    filled = f"{one.column.filled:.0%} filled"
    if one.how == "answered":
        proposed = proposal.target or "nothing"
        return f"you said so ({proposed} was proposed, {proposal.sure}); {filled}{next_ones}"
    if one.how != "proposed":
        best = f"perhaps {proposal.target} ({proposal.score:.0%}: {proposal.why})" if proposal.target else proposal.why
        return f"unsure, so not read: {best}; {filled}{next_ones}"
    if not one.target:
        return f"not read: {proposal.ignored}; {filled}"
    return f"{proposal.sure} ({proposal.score:.0%}): {proposal.why}; {filled}{next_ones}"


def _remarks(one: SettledColumn, details: ColumnDetails) -> list[str]:
    lines = []
    if details.notations and details.notations.question and not (one.answer and one.answer.dates):
        lines.append(f"to be asked: {details.notations.question}")
    if details.notations and details.notations.unread:
        many = "entry is" if details.notations.unread == 1 else "different entries are"
        lines.append(f"{details.notations.unread:,} {many} no day in any notation, and will be set aside")
    if details.codes:
        lines += _unseen(details.codes, one)
    return lines


def _unseen(codes: ProposedCodes, one: SettledColumn) -> list[str]:
    answered = {entry.casefold() for entry in (one.answer.codes if one.answer else ())}
    unseen = [entry for entry in codes.unseen if entry.entry.casefold() not in answered]
    listed = unseen if len(unseen) <= _MOST_CODES else []
    short = [entry for entry in listed if len(entry.entry) <= _LONGEST_ENTRY][:_MOST_LISTED]
    lines = [
        f"which code is '{entry.entry}' ({entry.count:,})?"
        + (f" perhaps {' or '.join(entry.guesses)}" if entry.guesses else "")
        for entry in short
    ]
    counted = len(unseen) - len(short)
    if counted:
        lines.append(f"and {counted:,} more entries that no list knows")
    return [*lines, "until 'codes' says so, they become unknown"] if lines else []
