"""The lines of 'What to fix': one for each cell of a finding, in everyday words, with what was entered there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from evaltools.clean.returned_alike import alike_cells
from evaltools.clean.returned_cells import fault_cells
from evaltools.clean.returned_entries import shown_entry
from evaltools.clean.returned_sheet import ReturnedSheet
from evaltools.clean.sheet import cell_name
from evaltools.clean.typed_values import groups

__all__ = ["fault_lines"]

_COUNTED = re.compile(r" \([\d,]+ (cell|row)s?\)$")
_COLUMNS = ["finding", "count", "severity", "code", "file", "sheet", "position", "row", "cell", "entered", "problem", "fix"]
_READING = re.compile(r"reads (\d{4}-\d\d-\d\d)")
_RANK = {"must fix": 0, "please check": 1, "changed for you": 2}
_CONTRADICTS = "D111"
_COMPARED = 20  # rows that name each other
_SAYS_MORE = ("D103", "D106", "D109", "D110", _CONTRADICTS)  # codes whose quarantine adds something to the title


def fault_lines(findings: pd.DataFrame, quarantine: pd.DataFrame, sheets: Sequence[ReturnedSheet]) -> pd.DataFrame:
    """Give a line for each cell, and one for each finding without cells, the gravest first.

    findings, quarantine: of one site, with the columns of `domain.harmonised`.

    Returns columns finding (row number in `findings`), count (of its cells), severity, code, file, sheet, position (-1: no
    cell), row (0: none), cell, entered, problem, fix.
    """
    numbers = findings.reset_index(drop=True)
    held = {(sheet.file, sheet.name): sheet for sheet in sheets}
    cells = alike_cells(fault_cells(numbers, quarantine), numbers, held)
    without = numbers.index[~numbers.index.isin(cells["finding"])]
    bare = pd.DataFrame({"finding": without, "file": numbers["file"][without], "sheet": numbers["sheet"][without]})
    held_lines = [frame for frame in (cells, bare.assign(position=-1, row=0, why="")) if len(frame)] or [cells]
    lines = pd.concat(held_lines, ignore_index=True)
    said = numbers.loc[lines["finding"]].reset_index(drop=True)
    lines["severity"], lines["code"], lines["fix"] = (said[name].astype(object) for name in ("severity", "code", "fix"))
    lines["count"] = said["count"].astype("int64")
    lines["entered"] = _entered(lines, held)
    titles = {number: _title(row) for number, row in enumerate(numbers.to_dict("records"))}
    lines["problem"] = lines["finding"].map(titles) + _more(lines)
    names = dict.fromkeys(zip(lines["position"], lines["row"], strict=True))
    labels = [cell_name(position, row) if position >= 0 else "" for position, row in names]
    lines["cell"] = pd.Series(
        pd.MultiIndex.from_arrays([lines["position"], lines["row"]]).map(dict(zip(names, labels, strict=True))), dtype=object
    )
    rank = lines["severity"].map(_RANK)
    return lines.assign(rank=rank).sort_values(["rank", "finding", "position", "row"])[_COLUMNS].reset_index(drop=True)


def _title(finding: Mapping[Any, Any]) -> str:
    """Say what a finding is about, as a sentence; where it has no cells, with its detail."""
    what = _COUNTED.sub("", finding["what"])
    sentence = what[:1].upper() + what[1:] + "."
    detail = finding["detail"]
    return f"{sentence} {detail[:1].upper()}{detail[1:]}".rstrip(".") + "." if detail and not finding["cells"] else sentence


def _more(lines: pd.DataFrame) -> pd.Series:
    """Add what the quarantine says of the cell, and for contradicting rows where the others stand."""
    why = lines["why"].where(lines["code"].isin(_SAYS_MORE), "").astype(object)
    text: pd.Series[Any] = why.map({reason: _sentence(reason) for reason in pd.unique(why)})
    twins = lines[(lines["code"] == _CONTRADICTS) & (lines["entered"] != "")]
    compared = dict(zip(text.index, text, strict=True))
    for _, held in twins.groupby(["finding", "entered"], sort=False):
        if 1 < len(held) <= _COMPARED:
            rows = dict(zip(held.index, held["row"], strict=True))
            for place, row in rows.items():
                others = ", ".join(str(other) for other in rows.values() if other != row)
                compared[place] = f" Compare row{'s' if len(rows) > 2 else ''} {others}.{compared[place]}"
    return pd.Series(compared, index=text.index, dtype=object)


def _sentence(reason: str) -> str:
    """Make a sentence of what the quarantine says, with a space before it; the readings of a date in words.

    >>> _sentence("dd/mm/yyyy reads 2017-12-06; mm/dd/yyyy reads 2017-06-12")
    ' It may be 6 December 2017 or 12 June 2017.'
    """
    days = dict.fromkeys(_READING.findall(reason))
    if len(days) > 1:
        said = [date.fromisoformat(day) for day in days]
        return f" It may be {' or '.join(f'{day.day} {day:%B %Y}' for day in said)}."
    return f" {reason[:1].upper()}{reason[1:]}." if reason else ""


def _entered(lines: pd.DataFrame, sheets: Mapping[tuple[str, str], ReturnedSheet]) -> pd.Series:
    """Give what stands in each cell, as its provider sees it."""
    entered = np.full(len(lines), "", dtype=object)
    rows, places = lines["row"].to_numpy(), lines["position"].to_numpy()
    for (file, name), group in groups(lines.reset_index(drop=True), ["file", "sheet"]):
        held = group.index.to_numpy()
        sheet = sheets.get((str(file), str(name)))
        if sheet is None:
            continue
        at = sheet.cells.index.get_indexer(pd.Index(rows[held]))
        inside = (at >= 0) & (places[held] >= 0) & (places[held] < sheet.cells.shape[1])
        cells = sheet.cells.to_numpy(dtype=object)[at[inside], places[held][inside]]
        entered[held[inside]] = [shown_entry(cell) for cell in cells]
    return pd.Series(entered, index=lines.index)
