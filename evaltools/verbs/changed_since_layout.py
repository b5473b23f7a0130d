"""Ask what has become of the headers of a file whose site has a layout already: renamed, new, or gone."""

from __future__ import annotations

from pathlib import Path

from evaltools.clean.changed_headers import changed_headers, questions_about
from evaltools.clean.find_headers import HeaderPlace
from evaltools.clean.match_sheets import match_sheets
from evaltools.clean.name_columns import header_names
from evaltools.clean.propose_layout import propose_at
from evaltools.clean.sheet import RawFile
from evaltools.errors import Problem
from evaltools.schema.read_layouts import read_layouts
from evaltools.schema.table import Schema

__all__ = ["changed_since_layout"]


def changed_since_layout(path: Path, raw: RawFile, schema: Schema) -> tuple[Problem, ...]:
    """Put the three-way question (U137) for each header that differs from the layout at `path`, with the likely answer.

    raw: a delivery of that site. A renamed column is told by its header and by its entries. Raises LayoutError when a layout
    in the folder cannot be read.
    """
    names = [one.name for one in sorted(path.parent.glob("*.yaml"))]
    layout = read_layouts(path.parent, schema)[names.index(path.name)]
    problems = []
    for match in match_sheets(raw, layout):
        if not match.layouts:
            continue
        first = match.layouts[0]
        place = HeaderPlace(first.header_row, first.header_rows, 0.0)
        proposed = propose_at(match.sheet, place, schema)
        targets = {one.header: one.proposal.target for one in proposed.columns if one.proposal.target}
        found = changed_headers(match.layouts, header_names(match.sheet, first), targets)
        for row in questions_about(found, raw.file, match.sheet.name).to_dict("records"):
            where = ", ".join(filter(None, [row["file"], f"sheet {row['sheet']}" if row["sheet"] else "", row["where"]]))
            fix = f"answer in sites/{path.name}: {row['options'].replace(' | ', '; ')}"
            problems.append(Problem("U137", row["question"], where, fix=fix, severity="please check"))
    return tuple(problems)
