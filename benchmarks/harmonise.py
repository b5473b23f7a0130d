"""What harmonising a million rows costs, against reading the same files only and against a plain pandas pipeline.

    python benchmarks/harmonise.py                     # 50 files x 20,000 rows, in turn, ratios of CPU time
    python benchmarks/harmonise.py --rows 400 4000     # rows of each file, to see how the cost grows
    python benchmarks/harmonise.py --workbook          # one XLSX file of 20,000 x 14 against pandas with openpyxl

Each way runs in a fresh process (its children counted); the time of imports and of making the files is not counted.
"""

from __future__ import annotations

import argparse
import hmac
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.provider_files import DATE_FORMATS, HEADERS, Provider, made_up_files, provider
from evaltools.clean import read_in_child
from evaltools.clean.harmonise import harmonise
from evaltools.schema.layout import Layout
from evaltools.schema.read import read_schema
from evaltools.schema.table import Schema

_ROOT = Path(__file__).parents[1]
_KEY = b"a key that no study uses"
_CUT = date(2024, 12, 31)
_YES_NO = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}
Tables = dict[str, pd.DataFrame]
Way = Callable[[Path, int], Callable[[], Tables]]  # reads schema and layouts, which is not timed; what it gives is


def main() -> None:
    """Read the command line and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[20_000], help="rows of each of the 50 files")
    parser.add_argument("--files", type=int, default=50)
    parser.add_argument("--repeat", type=int, default=3, help="turns, of which the median is shown")
    parser.add_argument("--ways", nargs="+", default=list(_WAYS), choices=list(_WAYS))
    parser.add_argument("--workbook", action="store_true", help="one XLSX file instead of the text files")
    parser.add_argument("--once", nargs=3, metavar=("WAY", "FOLDER", "FILES"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.once:
        way, folder, files = asked.once
        print(json.dumps(_once({**_WAYS, **_BOOK_WAYS}[way], Path(folder), int(files))))
    elif asked.workbook:
        _workbook(asked.repeat)
    else:
        _texts(asked.rows, asked.files, asked.repeat, asked.ways)


def _texts(sizes: Sequence[int], files: int, repeat: int, ways: Sequence[str]) -> None:
    costs = []
    for rows in sizes:
        with tempfile.TemporaryDirectory() as folder:
            made_up_files(Path(folder), files, rows)
            costs.append(_in_turn(ways, Path(folder), files, repeat, f"{files} files x {rows:,} rows"))
    if len(sizes) > 1:
        growth = np.log(costs[-1] / costs[-2]) / np.log(sizes[-1] / sizes[-2])
        print(f"cost ~ rows to the power {growth:.2f} over the last two sizes")


def _workbook(repeat: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made_up_files(Path(folder), 7, 20_000)
        narrow = provider(6)
        text = pd.read_csv(Path(folder) / narrow.file, dtype=str, keep_default_na=False, encoding=narrow.encoding)
        text.to_excel(Path(folder) / "provider06.xlsx", index=False)
        _in_turn(list(_BOOK_WAYS), Path(folder), 1, repeat, f"one workbook, 20,000 x {text.shape[1]}")


def _in_turn(ways: Sequence[str], folder: Path, files: int, repeat: int, title: str) -> float:
    """Run the ways in turn, each in a fresh process, and print medians and ratios. Gives the CPU seconds of the first."""
    runs: dict[str, list[dict[str, float]]] = {way: [] for way in ways}
    for turn in range(repeat):
        for way in list(ways)[:: 1 if turn % 2 else -1]:
            command = [sys.executable, "-m", "benchmarks.harmonise", "--once", way, str(folder), str(files)]
            done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=_ROOT)
            runs[way].append(json.loads(done.stdout))
    ours = np.median([run["cpu"] for run in runs[ways[0]]])
    print(f"\n{title:<34}{'CPU s':>8}{'wall s':>8}{'ours/it':>9}{'peak MB':>9}  answer")
    for way in ways:
        cpu, wall, peak = (np.median([run[name] for run in runs[way]]) for name in ("cpu", "wall", "peak"))
        answer = runs[way][0].get("answer")
        said = _compared(answer, runs[ways[0]][0]["answer"])
        print(f"{way:<34}{cpu:>8.2f}{wall:>8.2f}{ours / cpu:>9.2f}{peak:>9.0f}  {said}", flush=True)
    return float(ours)


def _compared(answer: object, ours: object) -> str:
    if not isinstance(answer, dict) or not isinstance(ours, dict) or not answer:
        return ""
    names = sorted({*ours, *answer})
    differing = {name: (ours.get(name), answer.get(name)) for name in names if ours.get(name) != answer.get(name)}
    return f"DIFFERS (ours, theirs): {differing}" if differing else "agrees"


def _once(way: Way, folder: Path, files: int) -> dict[str, object]:
    """Run one way and measure it. cpu: of this process and its children, in seconds; peak: in MB."""
    run = way(folder, files)
    wall, cpu = time.perf_counter(), _cpu()
    tables = run()
    cost = {"wall": time.perf_counter() - wall, "cpu": _cpu() - cpu}
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    peak = max(resource.getrusage(one).ru_maxrss for one in who) / 1024
    return {**cost, "peak": peak, "answer": _answer(tables)}


def _cpu() -> float:
    uses = [resource.getrusage(one) for one in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


def _answer(tables: Tables) -> dict[str, float]:
    """Sum the tables up: rows, entries and days."""
    answer: dict[str, float] = {}
    for name in ("participants", "enrolments", "jobs") if tables else ():
        frame = tables[name]
        answer[name] = len(frame)
        for field in sorted(field.split(".")[1] for field in HEADERS.values() if field.startswith(f"{name}.")):
            column = frame[field]
            answer[f"{name}.{field}"] = int(column.notna().sum())
            if column.dtype.kind == "M":
                answer[f"{name}.{field} days"] = int(column.dropna().astype("int64").floordiv(86_400_000_000_000).sum())
    return answer


def _ours(folder: Path, files: int) -> Callable[[], Tables]:
    return _harmonised(folder, files, "csv")


def _our_workbook(folder: Path, files: int) -> Callable[[], Tables]:
    return _harmonised(folder, files, "xlsx")


def _harmonised(folder: Path, files: int, ending: str) -> Callable[[], Tables]:
    schema: Schema = read_schema(_ROOT / "data_schema")
    layouts: list[Layout] = [provider(number).layout() for number in range(files)]
    if ending == "xlsx":
        layouts = [Layout.model_validate(provider(6).layout().model_dump() | {"files": ["provider06.xlsx"]})]
    paths = sorted(folder.glob(f"*.{ending}"))

    def run() -> Tables:
        done = harmonise(paths, folder, layouts, schema, _KEY, _CUT)
        read_in_child._POOLED.close()  # its cost is counted once it has ended
        return done.tables

    return run


def _only_read(folder: Path, files: int) -> Callable[[], Tables]:
    def run() -> Tables:
        held = [_frame(folder, provider(number)) for number in range(files)]
        if any(frame.empty for frame in held):
            raise ValueError("a file without rows")
        return {}

    return run


def _frame(folder: Path, one: Provider) -> pd.DataFrame:
    return pd.read_csv(folder / one.file, dtype=str, keep_default_na=False, sep=one.delimiter, encoding=one.encoding)


def _plain_pandas(folder: Path, files: int) -> Callable[[], Tables]:
    schema = read_schema(_ROOT / "data_schema")
    providers = [provider(number) for number in range(files)]
    return lambda: _tables([_cleaned(_frame(folder, one), one, schema) for one in providers])


def _openpyxl(folder: Path, files: int) -> Callable[[], Tables]:
    schema = read_schema(_ROOT / "data_schema")

    def run() -> Tables:
        frame = pd.read_excel(folder / "provider06.xlsx", dtype=str, keep_default_na=False, engine="openpyxl")
        return _tables([_cleaned(frame, provider(6), schema)])

    return run


def _cleaned(raw: pd.DataFrame, one: Provider, schema: Schema) -> pd.DataFrame:
    """Clean one provider's rows as an analyst would, column by column, with its declared formats."""
    done = pd.DataFrame(index=raw.index)
    for header in one.headers:
        table, field = HEADERS[header].split(".")
        rule = schema.tables[table].fields[field]
        text = raw[header].str.strip().replace("", np.nan)
        if rule.type == "date":
            first, second = (pd.to_datetime(text, format=DATE_FORMATS[name], errors="coerce") for name in one.dates)
            done[HEADERS[header]] = first.fillna(second)
        elif rule.codelist:
            codes = schema.codelists[rule.codelist]
            found = text.str.casefold().map(dict(codes.synonyms))
            found = found.mask(found.isna() & text.notna(), "unknown" if "unknown" in codes.labels else np.nan)
            done[HEADERS[header]] = found
        elif rule.type == "boolean":
            done[HEADERS[header]] = text.str.casefold().map(_YES_NO)
        elif rule.type in ("number", "integer"):
            number = pd.to_numeric(text.str.removeprefix("£"), errors="coerce")
            done[HEADERS[header]] = number.where(number.between(rule.minimum or 0, rule.maximum or np.inf))
        else:
            done[HEADERS[header]] = text.map(lambda entry: _hashed(one.site, entry), na_action="ignore")
    done["participants.site_id"] = one.site
    return done


def _hashed(site: str, entry: str) -> str:
    return hmac.digest(_KEY, f"{site}\x1f{entry}".encode(), "sha256").hex()[:16]


def _tables(frames: Sequence[pd.DataFrame]) -> Tables:
    rows = pd.concat(frames, ignore_index=True).reindex(columns=[*HEADERS.values(), "participants.site_id"])
    rows = rows.dropna(subset=["participants.participant_id", "enrolments.referral_date"]).drop_duplicates()
    person = rows["participants.participant_id"]
    tables = {}
    for name in ("participants", "enrolments", "jobs"):
        held = rows[[column for column in rows if column.startswith(f"{name}.")]]
        tables[name] = held.rename(columns=lambda column: column.split(".")[1]).assign(participant_id=person)
    ends = tables["jobs"]["end_date"]
    tables["jobs"] = tables["jobs"].assign(end_date=ends.where(~(ends < tables["jobs"]["start_date"])))
    tables["jobs"] = tables["jobs"].dropna(subset=["start_date"])
    return tables


_WAYS: dict[str, Way] = {
    "evaltools": _ours,
    "pandas.read_csv(dtype=str) only": _only_read,
    "pandas, declared formats": _plain_pandas,
}
_BOOK_WAYS: dict[str, Way] = {
    "evaltools, workbook": _our_workbook,
    "pandas with openpyxl": _openpyxl,
}

if __name__ == "__main__":
    main()
