"""An .xlsx workbook written as XML text, cell by cell.

A cell is text, a number, a truth value, None (no cell), or one of the classes below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from zip_bytes import zip_bytes

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True)
class Day:
    """A number that is shown as a date. style: 1 is dd/mm/yyyy."""

    serial: float
    style: int = 1


@dataclass(frozen=True)
class Fault:
    """An error cell, such as #N/A."""

    text: str


@dataclass(frozen=True)
class Xml:
    """A cell in its own XML; {r} stands for its place."""

    text: str


Cell = str | float | bool | None | Day | Fault | Xml


@dataclass(frozen=True)
class Grid:
    """One sheet. rows: from row 1. hidden_rows, hidden_columns: from 1. merged: as 'B1:C1'. state: hidden, veryHidden."""

    name: str
    rows: Sequence[Sequence[Cell]]
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    merged: Sequence[str] = ()
    state: str = ""
    columns: str = ""
    inline: bool = False
    places: bool = True
    after: str = ""
    more_rows: str = ""


@dataclass
class _Strings:
    held: dict[str, int] = field(default_factory=dict)

    def place(self, text: str) -> int:
        return self.held.setdefault(text, len(self.held))


def letters(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def xlsx(*sheets: Grid, date1904: bool = False, **parts: bytes | str) -> bytes:
    """The workbook. parts: more parts, or others in place of those made here, with '__' for '/' in their names."""
    strings = _Strings()
    pages = [_sheet(sheet, strings) for sheet in sheets]
    numbers = range(1, len(sheets) + 1)
    properties = '<workbookPr date1904="1"/>' if date1904 else "<workbookPr/>"
    listed = "".join(
        f'<sheet name="{escape(sheet.name)}" sheetId="{n}"'
        + (f' state="{sheet.state}"' if sheet.state else "")
        + f' r:id="rId{n}"/>'
        for n, sheet in zip(numbers, sheets, strict=True)
    )
    others = {name.replace("__", "/"): part for name, part in parts.items()}
    made: dict[str, bytes | str] = {
        "[Content_Types].xml": _types(len(sheets)),
        "_rels/.rels": f'{DECLARED}<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{DECLARED}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{properties}'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{DECLARED}<Relationships xmlns="{PACKAGE}">'
        + "".join(
            f'<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
        )
        + f'<Relationship Id="rId900" Type="{RELATIONS}/styles" Target="styles.xml"/>'
        + f'<Relationship Id="rId901" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        **{f"xl/worksheets/sheet{n}.xml": page for n, page in zip(numbers, pages, strict=True)},
        "xl/styles.xml": _styles(),
        "xl/sharedStrings.xml": f'{DECLARED}<sst xmlns="{MAIN}" uniqueCount="{len(strings.held)}">'
        + "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings.held)
        + "</sst>",
    }
    return zip_bytes({name: part for name, part in {**made, **others}.items() if part != ""})


def _types(count: int) -> str:
    base = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{base}.worksheet+xml"/>' for n in range(1, count + 1)
    )
    return (
        f'{DECLARED}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{base}.sheet.main+xml"/>{sheets}'
        f'<Override PartName="/xl/styles.xml" ContentType="{base}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{base}.sharedStrings+xml"/></Types>'
    )


def _styles() -> str:
    """Style 1 dd/mm/yyyy, 2 the built-in date, 3 with a time, 4 hours and minutes, 5 with leading zeros, 6 per cent."""
    formats = [(164, "dd/mm/yyyy"), (165, "dd/mm/yyyy hh:mm"), (166, "hh:mm"), (167, "0000")]
    used = [0, 164, 14, 165, 166, 167, 9]
    return (
        f'{DECLARED}<styleSheet xmlns="{MAIN}"><numFmts count="{len(formats)}">'
        + "".join(f'<numFmt numFmtId="{number}" formatCode="{code}"/>' for number, code in formats)
        + '</numFmts><fonts count="1"><font><sz val="11"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        f'<cellXfs count="{len(used)}">'
        + "".join(f'<xf numFmtId="{n}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' for n in used)
        + "</cellXfs></styleSheet>"
    )


def _sheet(sheet: Grid, strings: _Strings) -> str:
    columns = sheet.columns or "".join(f'<col min="{n}" max="{n}" width="9" hidden="1"/>' for n in sheet.hidden_columns)
    rows = "".join(_row(sheet, number, row, strings) for number, row in enumerate(sheet.rows, 1))
    merged = "".join(f'<mergeCell ref="{span}"/>' for span in sheet.merged)
    return (
        f'{DECLARED}<worksheet xmlns="{MAIN}">'
        + (f"<cols>{columns}</cols>" if columns else "")
        + f"<sheetData>{rows}{sheet.more_rows}</sheetData>"
        + (f'<mergeCells count="{len(sheet.merged)}">{merged}</mergeCells>' if merged else "")
        + f"{sheet.after}</worksheet>"
    )


def _row(sheet: Grid, number: int, row: Sequence[Cell], strings: _Strings) -> str:
    hidden = ' hidden="1"' if number in sheet.hidden_rows else ""
    cells = "".join(_cell(sheet, f"{letters(n)}{number}", cell, strings) for n, cell in enumerate(row, 1))
    place = f' r="{number}"' if sheet.places else ""
    return f"<row{place}{hidden}>{cells}</row>"


def _cell(sheet: Grid, place: str, cell: Cell, strings: _Strings) -> str:
    r = f' r="{place}"' if sheet.places else ""
    if cell is None:
        return "" if sheet.places else "<c/>"
    if isinstance(cell, Xml):
        return cell.text.replace("{r}", place)
    if isinstance(cell, Fault):
        return f'<c{r} t="e"><v>{cell.text}</v></c>'
    if isinstance(cell, Day):
        return f'<c{r} s="{cell.style}"><v>{cell.serial!r}</v></c>'
    if isinstance(cell, bool):
        return f'<c{r} t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, str):
        if sheet.inline:
            return f'<c{r} t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
        return f'<c{r} t="s"><v>{strings.place(cell)}</v></c>'
    return f"<c{r}><v>{cell!r}</v></c>"
