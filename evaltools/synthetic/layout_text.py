"""A site layout as commented YAML, from the same columns that the provider's sheets are written from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evaltools.synthetic.provider_column import ProviderColumn
from evaltools.synthetic.site_plan import SitePlan

__all__ = ["SheetText", "layout_text"]


@dataclass(frozen=True)
class SheetText:
    """What one entry of `sheets` says. comment: for the person who reviews it. One set of columns may serve two entries."""

    sheet: str
    columns: tuple[ProviderColumn, ...]
    comment: str
    header_row: int = 1
    header_rows: int = 1
    constants: Mapping[str, str] = field(default_factory=dict)


def layout_text(
    plan: SitePlan, files: Sequence[str], sheets: Sequence[SheetText], ignore_sheets: Sequence[str] = (), comment: str = ""
) -> str:
    """Write a layout.

    Parameters
    ----------
    plan
        The site.
    files
        Names or patterns in raw/.
    sheets
        Its sheets.
    ignore_sheets
        Sheets that hold nothing of ours.
    comment
        What a person should know first.

    Returns
    -------
    str
        YAML.
    """
    lines = [f"# {plan.name}, as {plan.provider} writes it down. Synthetic: made by evaltools, nobody is real."]
    lines += [f"# {comment}"] if comment else []
    lines += [f"site: {_quoted(plan.id)}", "files:"] + [f"  - {_quoted(name)}" for name in files]
    if ignore_sheets:
        lines += [f"ignore_sheets: [{', '.join(map(_quoted, ignore_sheets))}]"]
    lines.append("sheets:")
    seen: list[tuple[ProviderColumn, ...]] = []
    for sheet in sheets:
        lines += _sheet(sheet, seen, sum(other.columns is sheet.columns for other in sheets) > 1)
        seen.append(sheet.columns)
    return "\n".join(lines) + "\n"


def _sheet(sheet: SheetText, seen: list[tuple[ProviderColumn, ...]], shared: bool) -> list[str]:
    lines = [f"  # {sheet.comment}", f"  - sheet: {_quoted(sheet.sheet)}", f"    header_row: {sheet.header_row}"]
    if sheet.header_rows > 1:
        lines.append(f"    header_rows: {sheet.header_rows}")
    if any(columns is sheet.columns for columns in seen):
        lines += ["    columns: *same_columns", "    ignore: *same_ignored"]
        lines += ["    repeats: *same_repeats"] if any(column.number for column in sheet.columns) else []
    else:
        lines += _columns(sheet.columns, shared)
    if sheet.constants:
        lines.append("    constants:  # what the files do not hold")
        lines += [f"      {name}: {_quoted(value)}" for name, value in sheet.constants.items()]
    return lines


def _columns(columns: Sequence[ProviderColumn], shared: bool) -> list[str]:
    lines = ["    columns:" + (" &same_columns" if shared else "")]
    for column in columns:
        if column.field and not column.number:
            lines += _column(column, column.header, 6)
    repeated = [column for column in columns if column.number == 1]
    ignored = ", ".join(_quoted(column.header) for column in columns if not column.field)
    lines.append("    ignore:" + (" &same_ignored" if shared else "") + f" [{ignored}]")
    if repeated:
        times = max(column.number for column in columns)
        lines.append("    repeats:" + (" &same_repeats" if shared else ""))
        lines += ['      - table: "jobs"', f"        times: {times}"]
        lines.append("        columns:")
        for column in repeated:
            lines += _column(column, column.header.replace("1", "{n}", 1), 10)
    return lines


def _column(column: ProviderColumn, header: str, indent: int) -> list[str]:
    pad = " " * indent
    if not column.words:
        dates = f", dates: [{', '.join(map(_quoted, column.dates))}]" if column.dates else ""
        return [f"{pad}{_quoted(header)}: {{field: {_quoted(column.field)}{dates}}}"]
    codes = [f"{_quoted(word)}: {_quoted(code)}" for code, words in column.words.items() for word in words]
    lines = [f"{pad}{_quoted(header)}:", f"{pad}  field: {_quoted(column.field)}", f"{pad}  codes:"]
    return lines + [f"{pad}    {line}" for line in codes]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
