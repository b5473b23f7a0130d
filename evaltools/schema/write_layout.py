"""Write a layout as YAML that a person can read, with a comment at each column that says why it is read so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from evaltools.schema.layout import Column, Layout, SheetLayout

__all__ = ["LayoutComments", "layout_text"]


@dataclass(frozen=True)
class LayoutComments:
    """heading: lines at the top. sheets: sheet -> comment. columns: (sheet, header) -> lines, for ignored headers too."""

    heading: Sequence[str] = ()
    sheets: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    columns: Mapping[tuple[str, str], Sequence[str]] = field(default_factory=lambda: MappingProxyType({}))


def layout_text(layout: Layout, comments: LayoutComments | None = None) -> str:
    """Give a layout as YAML text. Only columns, repeats, codes, notations, ignored columns and ignored sheets are written.

    >>> sheet = SheetLayout(sheet="*", columns={"Sex": {"field": "participants.sex", "codes": {"F": "female"}}})
    >>> print(layout_text(Layout(site="camden", files=("camden*.csv",), sheets=(sheet,))))
    site: "camden"
    files:
      - "camden*.csv"
    sheets:
      - sheet: "*"
        header_row: 1
        columns:
          "Sex":
            field: "participants.sex"
            codes:
              "F": "female"
    <BLANKLINE>
    """
    said = comments or LayoutComments()
    lines = [f"# {_plain(line)}".rstrip() for line in said.heading]
    if layout.site:
        lines.append(f"site: {_text(layout.site)}")
    lines += ["files:", *(f"  - {_text(name)}" for name in layout.files)]
    if layout.ignore_sheets:
        lines += ["ignore_sheets:", *(f"  - {_text(name)}" for name in layout.ignore_sheets)]
    for name in ("encoding", "delimiter"):
        if getattr(layout, name):
            lines.append(f"{name}: {_text(getattr(layout, name))}")
    lines.append("sheets:")
    for sheet in layout.sheets:
        lines += _sheet(sheet, said)
    return "\n".join(lines) + "\n"


def _sheet(sheet: SheetLayout, said: LayoutComments) -> Iterator[str]:
    if sheet.sheet in said.sheets:
        yield f"  # {_plain(said.sheets[sheet.sheet])}"
    yield f"  - sheet: {_text(sheet.sheet)}"
    yield f"    header_row: {sheet.header_row}"
    if sheet.header_rows > 1:
        yield f"    header_rows: {sheet.header_rows}"
    if sheet.columns:
        yield "    columns:"
        yield from _columns(sheet.columns, sheet.sheet, said, " " * 6)
    if sheet.repeats:
        yield "    repeats:"
    for repeat in sheet.repeats:
        yield f"      - table: {_text(repeat.table)}"
        yield f"        times: {repeat.times}"
        yield "        columns:"
        yield from _columns(repeat.columns, sheet.sheet, said, " " * 10)
    yield from _rest(sheet, said)


def _rest(sheet: SheetLayout, said: LayoutComments) -> Iterator[str]:
    if sheet.constants:
        yield "    constants:"
        yield from (f"      {_text(target)}: {_text(value)}" for target, value in sheet.constants.items())
    if sheet.ignore:
        yield "    ignore:"
    for header in sheet.ignore:
        yield from _comment(sheet.sheet, header, said, " " * 6)
        yield f"      - {_text(header)}"


def _columns(columns: Mapping[str, Column], sheet: str, said: LayoutComments, space: str) -> Iterator[str]:
    for header, column in columns.items():
        yield from _comment(sheet, header, said, space)
        short = [f"field: {_text(column.field)}"]
        if column.dates:
            short.append(f"dates: [{', '.join(map(_text, column.dates))}]")
        if column.optional:
            short.append("optional: true")
        if not column.codes:
            yield f"{space}{_text(header)}: {{{', '.join(short)}}}"
            continue
        yield f"{space}{_text(header)}:"
        yield from (f"{space}  {line}" for line in short)
        yield f"{space}  codes:"
        yield from (f"{space}    {_text(entered)}: {_text(code)}" for entered, code in column.codes.items())


def _comment(sheet: str, header: str, said: LayoutComments, space: str) -> Iterator[str]:
    yield from (f"{space}# {_plain(line)}" for line in said.columns.get((sheet, header), ()))


def _text(text: str) -> str:
    """Quote a text in double quotes; a letter that cannot be printed is written by its number."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(one if one.isprintable() else f"\\U{ord(one):08x}" for one in escaped) + '"'


def _plain(text: str) -> str:
    return "".join(one if one.isprintable() else " " for one in text)
