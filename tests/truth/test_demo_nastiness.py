"""Every nastiness that truth.json names is in the bytes, as often as it says: counted by parsers that write nothing."""

from __future__ import annotations

import csv
import fnmatch
import io
import json
import re
import struct
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from evaltools.synthetic.demo import demo_study

CFB = b"\xd0\xcf\x11\xe0"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
NUMBERS = (
    "birth_year",
    "age_at_referral",
    "quintile",
    "months_out_of_work",
    "hours_per_week",
    "wage_per_hour",
    "job_number",
)
DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2,4})|(\d{4})-(\d{2})-(\d{2})")


@dataclass
class Scan:
    """What stands in one sheet. cells: row and column (from 1) -> kind (text, number, error) and content."""

    hidden: bool = False
    cells: dict[tuple[int, int], tuple[str, Any]] = field(default_factory=dict)
    hidden_rows: int = 0
    hidden_columns: int = 0
    merged: int = 0
    rows: int = 0


def scan_xlsx(content: bytes) -> tuple[dict[str, Scan], bool]:
    pack = zipfile.ZipFile(io.BytesIO(content))
    book = ElementTree.fromstring(pack.read("xl/workbook.xml"))
    strings = ["".join(si.itertext()) for si in ElementTree.fromstring(pack.read("xl/sharedStrings.xml"))]
    scans = {}
    for number, told in enumerate(book.iter(f"{MAIN}sheet"), 1):
        root = ElementTree.fromstring(pack.read(f"xl/worksheets/sheet{number}.xml"))
        scan = Scan(told.get("state") == "hidden", merged=len(list(root.iter(f"{MAIN}mergeCell"))))
        scan.hidden_rows = sum(row.get("hidden") == "1" for row in root.iter(f"{MAIN}row"))
        scan.hidden_columns = sum(column.get("hidden") == "1" for column in root.iter(f"{MAIN}col"))
        scan.rows = len(list(root.iter(f"{MAIN}row")))
        for cell in root.iter(f"{MAIN}c"):
            kind, value = cell.get("t"), str(cell.findtext(f"{MAIN}v"))
            place = place_of(str(cell.get("r")))
            if kind == "s":
                scan.cells[place] = ("text", strings[int(value)])
            elif kind == "e":
                scan.cells[place] = ("error", value)
            else:
                scan.cells[place] = ("date" if cell.get("s") == "1" else "number", float(value))
        scans[str(told.get("name"))] = scan
    return scans, any(p.get("date1904") == "1" for p in book.iter(f"{MAIN}workbookPr"))


def place_of(reference: str) -> tuple[int, int]:
    letters = re.sub(r"\d", "", reference)
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(reference[len(letters) :]), column


def scan_ods(content: bytes) -> tuple[dict[str, Scan], bool]:
    root = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("content.xml"))
    scans = {}
    for table in root.iter(f"{TABLE}table"):
        scan = Scan()
        scan.hidden_columns = sum(c.get(f"{TABLE}visibility") == "collapse" for c in table.iter(f"{TABLE}table-column"))
        for row_number, row in enumerate(table.iter(f"{TABLE}table-row"), 1):
            scan.rows = row_number
            scan.hidden_rows += row.get(f"{TABLE}visibility") == "collapse"
            for column, cell in enumerate(row, 1):
                kind = cell.get(f"{CALC}value-type") or cell.get(f"{OFFICE}value-type")
                text = "".join(" " if part.tag.endswith("}s") else (part.text or "") for part in cell.iter())
                if kind:
                    word = {"string": "text", "float": "number"}.get(kind, kind)
                    scan.cells[(row_number, column)] = (word, float(text) if word == "number" else text)
        scans[str(table.get(f"{TABLE}name"))] = scan
    return scans, False


def workbook_stream(content: bytes) -> bytes:
    (first_fat,) = struct.unpack_from("<I", content, 76)
    fat_sectors = struct.unpack_from("<I", content, 44)[0]
    fat = struct.unpack_from(f"<{fat_sectors * 128}I", content, 512 + first_fat * 512)
    (start,) = struct.unpack_from("<I", content, 512 + 128 + 116)
    sectors = []
    while start != 0xFFFFFFFE:
        sectors.append(content[512 + start * 512 : 1024 + start * 512])
        start = fat[start]
    return b"".join(sectors)


def scan_xls(content: bytes) -> tuple[dict[str, Scan], bool]:
    stream, at, names, scans, system = workbook_stream(content), 0, [], {}, False
    depth = -1
    while at + 4 <= len(stream) and (kind := struct.unpack_from("<H", stream, at)[0]):
        size = struct.unpack_from("<H", stream, at + 2)[0]
        body = stream[at + 4 : at + 4 + size]
        at += 4 + size
        if kind == 0x22:
            system = bool(body[0])
        elif kind == 0x85:
            names.append((body[8:].decode("utf-16-le"), bool(body[4])))
        elif kind == 0x809:
            depth += 1
            if depth:
                scan = scans[names[depth - 1][0]] = Scan(names[depth - 1][1])
        elif depth > 0:
            note_xls(scan, kind, body)
    return scans, system


def note_xls(scan: Scan, kind: int, body: bytes) -> None:
    if kind == 0x208:
        scan.rows += 1
        scan.hidden_rows += bool(struct.unpack_from("<H", body, 12)[0] & 0x20)
    elif kind == 0x7D:
        scan.hidden_columns += bool(body[8] & 1)
    elif kind == 0xE5:
        scan.merged += struct.unpack_from("<H", body)[0]
    elif kind in (0x203, 0x204, 0x205):
        row, column, style = struct.unpack_from("<HHH", body)
        value = {
            0x203: lambda: ("date" if style == 16 else "number", struct.unpack_from("<d", body, 6)[0]),
            0x204: lambda: ("text", body[9:].decode("utf-16-le")),
            0x205: lambda: ("error", str(body[6])),
        }[kind]()
        scan.cells[(row + 1, column + 1)] = value


def records12(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(content):
        kind, at = content[at], at + 1
        if kind & 0x80:
            kind, at = (kind & 0x7F) | content[at] << 7, at + 1
        size = shift = 0
        while True:
            byte, at = content[at], at + 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield kind, content[at : at + size]
        at += size


def scan_xlsb(content: bytes) -> tuple[dict[str, Scan], bool]:
    pack, system, scans = zipfile.ZipFile(io.BytesIO(content)), False, {}
    for kind, body in records12(pack.read("xl/workbook.bin")):
        if kind == 153:
            system = bool(body[0] & 1)
        elif kind == 156:
            hidden, number, length = struct.unpack_from("<III", body)
            name = body[16 + 2 * length :].decode("utf-16-le")
            scans[name] = Scan(bool(hidden))
            note_xlsb(scans[name], pack.read(f"xl/worksheets/sheet{number}.bin"))
    return scans, system


def note_xlsb(scan: Scan, content: bytes) -> None:
    row = 0
    for kind, body in records12(content):
        if kind == 0:
            row = struct.unpack_from("<I", body)[0] + 1
            scan.rows += 1
            scan.hidden_rows += bool(body[11] & 0x10)
        elif kind == 60:
            scan.hidden_columns += body[16] & 1
        elif kind in (3, 5, 6):
            column, style = struct.unpack_from("<II", body)
            value = {
                3: lambda b: ("error", str(b[8])),
                5: lambda b, s=style: ("date" if s else "number", struct.unpack_from("<d", b, 8)[0]),
                6: lambda b: ("text", b[12:].decode("utf-16-le")),
            }[kind](body)
            scan.cells[(row, column + 1)] = value


def encoding_of(content: bytes) -> tuple[str, str]:
    marks = {b"\xff\xfe": ("utf-16 le with mark", "utf-16"), b"\xfe\xff": ("utf-16 be with mark", "utf-16")}
    if content[:2] in marks:
        return marks[content[:2]]
    if content[:3] == b"\xef\xbb\xbf":
        return "utf-8 with mark", "utf-8-sig"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252", "cp1252"
    return "utf-8", "utf-8"


def scan_text(content: bytes) -> tuple[dict[str, Scan], Counter[str]]:
    name, codec = encoding_of(content)
    text = content.decode(codec)
    delimiter = max(";|\t,", key=text.count)
    words = {";": "semicolon", "|": "pipe", "\t": "tab", ",": "comma"}
    scan = Scan()
    for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
        scan.rows = number
        scan.cells |= {(number, column): ("text", cell) for column, cell in enumerate(row, 1) if cell}
    return {"": scan}, Counter({f"encoding {name}": 1, f"delimiter {words[delimiter]}": 1})


def kind_by_content(content: bytes) -> str:
    if content[:4] == CFB:
        return "locked" if "EncryptedPackage".encode("utf-16-le") in content else "xls"
    if content[:2] != b"PK":
        return "text"
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return "cut"
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    return "ods" if "content.xml" in names else "xlsb" if "xl/workbook.bin" in names else "xlsx"


SCANNERS = {"xlsx": scan_xlsx, "ods": scan_ods, "xls": scan_xls, "xlsb": scan_xlsb}
TRUE_ENDINGS = {"text": ("csv", "tsv"), "xlsx": ("xlsx",), "xls": ("xls",), "xlsb": ("xlsb",), "ods": ("ods",)}


def specs_of(study: dict[str, bytes], name: str) -> list[dict[str, Any]]:
    layouts = [yaml.safe_load(study[path]) for path in study if path.startswith("sites/")]
    return next(x for x in layouts if any(fnmatch.fnmatchcase(name, pattern) for pattern in x["files"]))["sheets"]


def columns_of(scan: Scan, spec: dict[str, Any]) -> dict[int, dict[str, Any]]:
    first, two = spec["header_row"], spec.get("header_rows", 1) == 2
    known = dict(spec["columns"])
    for repeat in spec.get("repeats", []):
        for header, column in repeat["columns"].items():
            known |= {header.replace("{n}", str(n)): column for n in range(1, repeat["times"] + 1)}
    upper, found = "", {}
    for column in range(1, max(c for r, c in scan.cells if r == first + two) + 1):
        name = str(scan.cells.get((first, column), ("", ""))[1])
        if two:
            upper = name or upper
            name = f"{upper} / {scan.cells[(first + 1, column)][1]}"
        found[column] = known.get(name, {"field": ""})
    return found


def count_cell(column: dict[str, Any], kind: str, value: Any, first: bool, workbook: bool) -> Iterator[str]:
    """Nastinesses of one cell of a record."""
    if kind == "error":
        yield "error cell"
    elif kind == "number" and any(notation.startswith("serial") for notation in column.get("dates", [])):
        yield "date serial as number"
    elif kind == "text":
        number = any(name in column["field"] for name in NUMBERS) and re.fullmatch(r"[\d.]+ *", value)
        yield from count_marks(value, bool(number) and not first)
        yield from count_meaning(column, value)
        if number and (workbook or value.endswith(" ")):
            yield "number as text"


def count_meaning(column: dict[str, Any], value: str) -> Iterator[str]:
    if value in ("#N/A", "#REF!"):
        yield "error as text"
    elif "dates" in column:
        yield from count_date(value, column["dates"])
    elif "codes" in column and re.sub("[\u200b\ufeff]", "", value).replace("\u00a0", " ").strip() not in column["codes"]:
        yield "stray code"
    elif column["field"].endswith(".participant_id") and re.fullmatch(r"0\d+", value.strip(" \u00a0")):
        yield "leading zero in id"


def count_marks(value: str, number: bool) -> Iterator[str]:
    if value.endswith(" ") and not number:
        yield "trailing space"
    if "\u00a0" in value:
        yield "non-breaking space"
    if "\u200b" in value or "\ufeff" in value:
        yield "zero-width character"


def count_date(value: str, dates: list[str]) -> Iterator[str]:
    if re.fullmatch(r"\d{5}", value):
        yield "date serial as text"
        return
    match = DATE.fullmatch(value)
    if match and "mm/dd/yyyy" in dates:
        low, high = sorted((int(match[1]), int(match[2])))
        yield "ambiguous date, cannot be decided" if high <= 12 and low != high else "ambiguous date, can be decided"
    elif match and not exists(match):
        yield "impossible date"
    elif "typed" in dates:
        yield "text date"
    elif len(dates) == 2 and not any(n.startswith("serial") for n in dates) and re.fullmatch(SECOND[dates[1]], value):
        yield "second notation among text dates"


SECOND = {"dd/mm/yyyy": r"\d\d/\d\d/\d{4}", "dd/mm/yy": r"\d\d/\d\d/\d\d"}


def exists(match: re.Match[str]) -> bool:
    day, month, year = (match[6], match[5], match[4]) if match[4] else (match[1], match[2], match[3])
    try:
        date(int(year) % 100 + 2000, int(month), int(day))
    except ValueError:
        return False
    return True


def count_sheet(scan: Scan, spec: dict[str, Any], workbook: bool) -> Counter[str]:
    first, height = spec["header_row"], spec.get("header_rows", 1)
    columns, found = columns_of(scan, spec), Counter[str]()
    filled = {row for row, _ in scan.cells}
    totals = {row for row in filled if str(scan.cells.get((row, 1), ("", ""))[1]) in ("Total", "Subtotal", "Grand total")}
    found["title line"] = sum(row < first for row in filled)
    found["blank line"] = sum(row not in filled for row in range(1, scan.rows + 1))
    found["total or subtotal line"] = len(totals)
    found["two-row header"] = int(height == 2)
    found["header below the first row"] = int(first > 1)
    found["several jobs beside a person"] = len(spec.get("repeats", []))
    found["merged cells"], found["hidden row"], found["hidden column"] = scan.merged, scan.hidden_rows, scan.hidden_columns
    for (row, column), (kind, value) in scan.cells.items():
        found["smart quote"] += kind == "text" and any(mark in value for mark in "’“”")
        if row >= first + height and row not in totals:
            found.update(count_cell(columns[column], kind, value, column == 1, workbook))
    records = [row for row in filled if row >= first + height and row not in totals]
    found["missing id"] = sum((row, 1) not in scan.cells for row in records)
    work = next((c for c, told in columns.items() if told["field"].endswith("employment_at_referral")), 0)
    said = [str(scan.cells.get((row, work), ("", ""))[1]).strip() for row in records]
    found["code that contains its opposite"] = sum(
        word in ("Unemployed", "Not employed", "Not in paid work") for word in said
    )
    return found


def count_file(study: dict[str, bytes], name: str) -> Counter[tuple[str, str, str]]:
    content = study[f"raw/{name}"]
    kind, ending = kind_by_content(content), name.rsplit(".", 1)[-1]
    found: Counter[tuple[str, str, str]] = Counter({(f"format {ending.upper()}", name, ""): 1})
    if kind in ("locked", "cut"):
        found[("password-protected workbook" if kind == "locked" else "truncated workbook", name, "")] = 1
        return found
    found[("mislabelled file", name, "")] = int(ending not in TRUE_ENDINGS[kind])
    if kind == "text":
        scans, told = scan_text(content)
        found.update({(word, name, ""): n for word, n in told.items()})
    else:
        scans, system = SCANNERS[kind](content)
        found[("1904 date system", name, "")] = int(system)
    for sheet, scan in scans.items():
        found[("hidden sheet", name, sheet)] = int(scan.hidden)
        spec = next(
            (s for s in specs_of(study, name) if s["sheet"] == sheet or (s["sheet"] == "*" and kind == "text")), None
        )
        if spec:
            found.update({(word, name, sheet): n for word, n in count_sheet(scan, spec, kind != "text").items()})
    return found


# What cannot be seen in one cell or one file alone is counted through the account of lines, in the test below.
ACCOUNTED = {"exact duplicate row", "conflicting duplicate row", "job start before referral"}
ARRANGED = {"one table over several sheets", "id as a number here and as text elsewhere"}


@pytest.fixture(scope="module")
def study() -> dict[str, bytes]:
    return demo_study()


@pytest.fixture(scope="module")
def truth(study: dict[str, bytes]) -> dict[str, Any]:
    return json.loads(study["truth.json"])


def test_every_nastiness_is_in_the_bytes_as_often_as_stated(study: dict[str, bytes], truth: dict[str, Any]) -> None:
    found: Counter[tuple[str, str, str]] = Counter()
    for path in sorted(study):
        if path.startswith("raw/"):
            found.update(count_file(study, path.removeprefix("raw/")))
    sheets = {(a["file"], a["sheet"]) for a in truth["accounting"] if a["status"] == "read"}
    found += Counter()  # drops what was counted as none
    told = {
        (kind, place["file"], place["sheet"]): place["count"]
        for kind, nastiness in truth["nastiness"].items()
        if kind not in ACCOUNTED | ARRANGED
        for place in nastiness["where"]
    }
    assert told == dict(found)
    assert sheets >= {(file, sheet) for _, file, sheet in found if sheet and sheet != "Lists"}


def test_duplicates_and_lost_records_add_up(truth: dict[str, Any]) -> None:
    accounts = [account for account in truth["accounting"] if account["status"] == "read"]
    many = {kind: nastiness["count"] for kind, nastiness in truth["nastiness"].items()}
    assert many["exact duplicate row"] == sum(account["merged"] for account in accounts)
    unreadable_required_dates = 2  # one job start, one referral date
    expected = 2 * many["conflicting duplicate row"] + many["missing id"] + unreadable_required_dates
    assert expected == sum(account["quarantined"] for account in accounts)


def test_every_nastiness_occurs_at_least_twice(truth: dict[str, Any]) -> None:
    assert {kind for kind, nastiness in truth["nastiness"].items() if nastiness["count"] < 2} == set()
    for nastiness in truth["nastiness"].values():
        assert nastiness["count"] == sum(place["count"] for place in nastiness["where"])
