"""A plain reader that shares no code with evaltools, except the words of the layouts, finds exactly what truth.json says."""

from __future__ import annotations

import csv
import fnmatch
import io
import json
import re
import zipfile
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
import python_calamine
import yaml

from evaltools.synthetic.demo import DEMO_SEED, WRITERS, demo_study
from evaltools.synthetic.journal import Journal, readable
from evaltools.synthetic.programme import programme

FORMATS = {
    "dd/mm/yyyy": (r"\d{1,2}/\d{1,2}/\d{4}", "%d/%m/%Y"),
    "dd/mm/yy": (r"\d{1,2}/\d{1,2}/\d{2}", "%d/%m/%y"),
    "mm/dd/yyyy": (r"\d{1,2}/\d{1,2}/\d{4}", "%m/%d/%Y"),
    "dd-mm-yyyy": (r"\d{2}-\d{2}-\d{4}", "%d-%m-%Y"),
    "dd.mm.yyyy": (r"\d{2}\.\d{2}\.\d{4}", "%d.%m.%Y"),
    "yyyy-mm-dd": (r"\d{4}-\d{2}-\d{2}", "%Y-%m-%d"),
    "d mmm yyyy": (r"\d{1,2} [A-Z][a-z]{2} \d{4}", "%d %b %Y"),
    "d mmm yy": (r"\d{2}-[A-Z][a-z]{2}-\d{2}", "%d-%b-%y"),
}
UNREADABLE = date.min  # an end is entered and cannot be read: nothing is known after the first day
DAY_ZERO = {"serial 1900": date(1899, 12, 30), "serial 1904": date(1904, 1, 1)}


@pytest.fixture(scope="module")
def study() -> dict[str, bytes]:
    return demo_study()


@pytest.fixture(scope="module")
def truth(study: dict[str, bytes]) -> dict[str, Any]:
    return json.loads(study["truth.json"])


@pytest.fixture(scope="module")
def found(study: dict[str, bytes]) -> dict[str, Any]:
    return read_study(study)


def tidy(cell: Any) -> Any:
    if isinstance(cell, str):
        cell = cell.replace("\u00a0", " ").replace("\u200b", "").replace("\ufeff", "").strip()
        return None if cell in ("", "#N/A", "#REF!") else cell
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell


def sheets_of(name: str, content: bytes) -> dict[str, list[list[Any]]] | str:
    if content[:4] == b"\xd0\xcf\x11\xe0" and "EncryptedPackage".encode("utf-16-le") in content:
        return "password"
    if content[:2] in (b"PK", b"\xd0\xcf"):
        if content[:2] == b"PK" and not zipfile.is_zipfile(io.BytesIO(content)):
            return "truncated"
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return {s: book.get_sheet_by_name(s).to_python(skip_empty_area=False) for s in book.sheet_names}
    codec = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(codec)
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    delimiter = max(";|\t,", key=text.count)
    return {"": list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))}


def parse_date(cell: Any, notations: list[str]) -> date | None:
    readings = set()
    for notation in notations:
        if notation == "typed" and isinstance(cell, date):
            readings.add(cell.date() if isinstance(cell, datetime) else cell)
        elif notation in DAY_ZERO and re.fullmatch(r"\d{5}", str(cell)):
            readings.add(DAY_ZERO[notation] + timedelta(days=int(cell)))
        elif notation in FORMATS and re.fullmatch(FORMATS[notation][0], str(cell)):
            try:
                readings.add(datetime.strptime(str(cell), FORMATS[notation][1]).date())
            except ValueError:
                continue
    return readings.pop() if len(readings) == 1 else None


def value_of(cell: Any, column: dict[str, Any]) -> Any:
    cell = tidy(cell)
    if cell is None:
        return None
    if "dates" in column:
        return parse_date(cell, column["dates"])
    if "codes" in column:
        return column["codes"].get(str(cell), "unknown")
    if column["field"].endswith("_id"):
        return str(cell)
    return cell


def header_of(rows: list[list[Any]], spec: dict[str, Any]) -> list[str]:
    first = spec.get("header_row", 1) - 1
    if spec.get("header_rows", 1) == 1:
        return [str(tidy(cell) or "") for cell in rows[first]]
    upper = ""
    names = []
    for top, low in zip(rows[first], rows[first + 1], strict=True):
        upper = str(tidy(top) or upper)
        names.append(f"{upper} / {tidy(low)}")
    return names


def expand(spec: dict[str, Any]) -> dict[str, tuple[int, dict[str, Any]]]:
    columns = {header: (0, column) for header, column in spec["columns"].items()}
    for repeat in spec.get("repeats", []):
        for header, column in repeat["columns"].items():
            columns |= {header.replace("{n}", str(n)): (n, column) for n in range(1, repeat["times"] + 1)}
    return columns


def read_sheet(rows: list[list[Any]], spec: dict[str, Any]) -> tuple[Counter[str], list[dict[tuple[int, str], Any]]]:
    counts: Counter[str] = Counter()
    names, columns, records = header_of(rows, spec), expand(spec), []
    assert set(names) == set(columns) | set(spec["ignore"])
    head = range(spec.get("header_row", 1), spec.get("header_row", 1) + spec.get("header_rows", 1))
    for number, row in enumerate(rows, 1):
        counts["lines"] += 1
        if all(cell in ("", None) for cell in row):
            counts["blank"] += 1
        elif number in head:
            counts["header"] += 1
        elif number < head[0]:
            counts["title"] += 1
        elif row[0] in ("Total", "Subtotal", "Grand total"):
            counts["total"] += 1
        else:
            counts["rows"] += 1
            cells = dict(zip(names, row, strict=True))
            records.append({(n, c["field"]): value_of(cells[h], c) for h, (n, c) in columns.items()})
            ends = [(h, n) for h, (n, c) in columns.items() if c["field"] == "jobs.end_date"]
            records[-1] |= {
                (n, "end.unreadable"): True for h, n in ends if tidy(cells[h]) and not records[-1][(n, "jobs.end_date")]
            }
    return counts, records


def identity(record: dict[tuple[int, str], Any]) -> tuple[Any, ...]:
    keys = ("participants.participant_id", "enrolments.referral_date", "jobs.participant_id", "jobs.start_date")
    more = ("evidence.participant_id", "evidence.milestone", "specialists.specialist_id", "jobs.job_number")
    return tuple(record.get((0, key)) for key in (*keys, *more))


def required(record: dict[tuple[int, str], Any]) -> bool:
    names = {
        "participants.participant_id", "enrolments.referral_date", "jobs.participant_id", "jobs.start_date",
        "evidence.participant_id", "specialists.specialist_id",
    }  # fmt: skip
    return all(value is not None for (n, key), value in record.items() if n == 0 and key in names)


def read_study(study: dict[str, bytes]) -> dict[str, Any]:
    accounts, tables, status = {}, {}, {}
    for path in sorted(p for p in study if p.startswith("sites/")):
        layout = yaml.safe_load(study[path])
        site = layout["site"]
        records: list[tuple[tuple[str, str], dict[tuple[int, str], Any]]] = []
        for name in sorted(p.removeprefix("raw/") for p in study if p.startswith("raw/")):
            if not any(fnmatch.fnmatchcase(name, pattern) for pattern in layout["files"]):
                continue
            sheets = sheets_of(name, study[f"raw/{name}"])
            status[name] = (site, sheets if isinstance(sheets, str) else "read")
            for sheet, rows in sheets.items() if isinstance(sheets, dict) else ():
                spec = next((s for s in layout["sheets"] if s["sheet"] in (sheet, "*")), None)
                if sheet in layout.get("ignore_sheets", []):
                    continue
                assert spec, (name, sheet)
                accounts[(name, sheet)], found = read_sheet(rows, spec)
                records += [((name, sheet), record) for record in found]
        tables[site] = decide(records, accounts)
    return {"accounts": accounts, "records": tables, "status": status}


def decide(records: list[Any], accounts: dict[Any, Counter[str]]) -> list[dict[tuple[int, str], Any]]:
    seen: dict[tuple[Any, ...], list[Any]] = {}
    kept = []
    for place, record in records:
        if not required(record):
            accounts[place]["quarantined"] += 1
        else:
            seen.setdefault(identity(record), []).append((place, record))
    for same in seen.values():
        first = same[0][1]
        if any(record != first for _, record in same):
            for place, _ in same:
                accounts[place]["quarantined"] += 1
            continue
        accounts[same[0][0]]["kept"] += 1
        for place, _ in same[1:]:
            accounts[place]["merged"] += 1
        kept.append(first)
    return kept


def test_every_line_is_accounted_for_as_the_truth_file_says(truth: dict[str, Any], found: dict[str, Any]) -> None:
    kinds = ("lines", "title", "header", "blank", "total", "rows", "kept", "merged", "quarantined")
    expected = {
        (a["file"], a["sheet"]): {kind: a[kind] for kind in kinds} for a in truth["accounting"] if a["status"] == "read"
    }
    assert expected == {place: {kind: counts[kind] for kind in kinds} for place, counts in found["accounts"].items()}


def test_every_file_belongs_to_one_site_and_is_read_or_refused(study: dict[str, bytes], truth: Any, found: Any) -> None:
    files = {path.removeprefix("raw/") for path in study if path.startswith("raw/")}
    assert files == set(found["status"])
    refused = {a["file"]: (a["site"], a["why"]) for a in truth["accounting"] if a["status"] == "refused"}
    assert refused == {name: told for name, told in found["status"].items() if told[1] != "read"}


def jobs_by_person(records: list[dict[tuple[int, str], Any]], paid_hours: bool) -> dict[str, list[tuple[date, date | None]]]:
    jobs: dict[str, list[Any]] = {}
    for record in records:
        for n in range(4):
            judged = not paid_hours or record.get((n, "jobs.hours_per_week")) is not None
            start = record.get((n, "jobs.start_date"))
            if start and judged and record.get((n, "jobs.competitive")) != "false":
                person = record.get((0, "jobs.participant_id")) or record[(0, "participants.participant_id")]
                end = UNREADABLE if record.get((n, "end.unreadable")) else record.get((n, "jobs.end_date"))
                jobs.setdefault(person, []).append((start, end))
    return jobs


def steps(record: dict[tuple[int, str], Any], jobs: list[tuple[date, date | None]], names: tuple[str, ...]) -> Counter[str]:
    day = engagement(record, names)
    first = min((job for job in jobs if day and job[0] >= day), default=None)
    got: Counter[str] = Counter(referred=1, engaged=day is not None, started=first is not None)
    if first:
        last = first[1] or record.get((0, "enrolments.last_contact_date")) or date(2019, 9, 30)
        for weeks in (6, 13, 26):
            reached = (last - first[0]).days >= 7 * weeks
            ended = first[1] not in (None, UNREADABLE)
            got |= Counter({f"kept_{weeks}": reached, f"lost_{weeks}": not reached and ended})
    return got


def engagement(record: dict[tuple[int, str], Any], names: tuple[str, ...]) -> date | None:
    return min((d for n in names if (d := record.get((0, f"enrolments.{n}_date")))), default=None)


@pytest.mark.parametrize(
    ("definition", "names"),
    [
        ("bit_cbo", ("engaged", "profile_started", "profile_completed")),
        ("lcf_mhep", ("third_appointment", "profile_completed", "engaged")),
    ],
)
def test_people_referred_engaged_started_and_still_in_work(truth: Any, found: Any, definition: str, names: Any) -> None:
    for site, records in found["records"].items():
        people = {r[(0, "participants.participant_id")]: r for r in records if (0, "participants.participant_id") in r}
        jobs = jobs_by_person(records, paid_hours=definition == "lcf_mhep")
        assert set(jobs) <= set(people), site
        got: Counter[str] = Counter()
        for person, record in people.items():
            got.update(steps(record, jobs.get(person, []), names))
        expected = truth["readable"][site][definition]
        assert {key: expected[key] for key in got} == dict(got), site


def as_read(value: Any) -> Any:
    if value is None or value == "" or (not isinstance(value, str) and value != value):
        return None
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    if isinstance(value, bool | np.bool_):
        return str(bool(value)).lower()
    return int(value) if not isinstance(value, str) and float(value).is_integer() else value


def test_every_value_that_can_be_read_equals_the_programme(found: Any) -> None:
    truth, journal = programme(DEMO_SEED), Journal()
    for write in WRITERS:
        write(truth, journal)
    tables = readable(truth, journal)
    keys = {"participants": ["participant_id"], "enrolments": ["participant_id"], "jobs": ["participant_id", "job_number"]}
    expected = {
        (name, *(row[key] for key in keys[name])): row for name, table in tables.items() for row in table.to_dict("records")
    }
    compared: Counter[str] = Counter()
    for record in (record for records in found["records"].values() for record in records):
        person = record.get((0, "participants.participant_id")) or record.get((0, "jobs.participant_id"))
        for (n, field), value in record.items():
            table, name = field.split(".")
            if table not in expected_tables(record, n) or name == "participant_id":
                continue
            job = (n or int(record[(0, "jobs.job_number")]),) if table == "jobs" else ()
            row = expected[(table, person, *job)]
            want = as_read(row[name])
            got = None if value == "unknown" else as_read(value)
            assert got == (None if want == "unknown" else want) or str(got) == str(want), (table, name)
            compared[table] += 1
    assert compared["participants"] > 10_000
    assert compared["enrolments"] > 20_000
    assert compared["jobs"] > 5_000


def expected_tables(record: dict[tuple[int, str], Any], n: int) -> set[str]:
    if n and record.get((n, "jobs.start_date")) is None:
        return set()
    return {"participants", "enrolments", "jobs"}
