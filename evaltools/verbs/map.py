"""Map a new file: read it, propose a layout, settle it with a person's answers, and write it to the study's sites."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from evaltools.clean.check_layouts import check_layouts
from evaltools.clean.map_targets import SHARED
from evaltools.clean.propose_layout import ColumnDetails, ProposedSheet, column_details, propose_sheet
from evaltools.clean.read_file import read_file
from evaltools.clean.settle_columns import ColumnAnswer, SettledColumn, answered_targets, settle_columns
from evaltools.clean.settled_layout import layout_comments, settled_layout
from evaltools.errors import DataError, LayoutError, Problem, UsageError
from evaltools.provenance import study_schema
from evaltools.schema.layout import Layout
from evaltools.schema.read_layouts import read_layouts
from evaltools.schema.read_yaml import read_yaml
from evaltools.schema.table import Schema
from evaltools.schema.write_layout import layout_text
from evaltools.store import write_bytes
from evaltools.study import Study
from evaltools.verbs.changed_since_layout import changed_since_layout

__all__ = [
    "ColumnAnswer",
    "ColumnDetails",
    "MappedFile",
    "SettledColumn",
    "WrittenLayout",
    "details_of",
    "map_file",
    "read_answers",
    "read_answers_for",
    "settle",
    "write_settled",
]

_FROM_1904 = "counted from 1904"


@dataclass(frozen=True)
class MappedFile:
    """What is proposed for one file. name: as the layout calls it. elsewhere: it does not lie in the study's raw/.

    without: sheets in which no table was found. path: where the layout goes.
    """

    name: str
    site: str
    path: Path
    schema: Schema
    sheets: tuple[ProposedSheet, ...]
    without: tuple[str, ...]
    from_1904: bool
    elsewhere: bool


@dataclass(frozen=True)
class WrittenLayout:
    """path: of the layout. lacking: what the checks of a layout still ask for."""

    path: Path
    lacking: tuple[Problem, ...]


def map_file(study: Study, file: Path, site: str = "", force: bool = False) -> MappedFile:
    """Read a provider's file and propose how its sheets are to be read. Writes nothing.

    Raises UsageError when there is no such file or site, or the site has a layout already (unless `force`; it then says
    which headers have changed), and DataError when the file cannot be read or holds no table of ours.
    """
    if not file.is_file():
        raise UsageError(Problem("U130", "there is no such file", file.name, fix="check its path"))
    known = [one.id for one in study.sites]
    site = site or _site_of(file, known)
    path = study.folder / "sites" / f"{site}.yaml"
    _known(site, known, study)
    inside = file.resolve().is_relative_to(study.raw.resolve())
    name = file.resolve().relative_to(study.raw.resolve()).as_posix() if inside else file.name
    raw = read_file(file, name)
    if raw.refused:
        raise DataError(Problem("D101", "the file cannot be read", name, raw.refused, raw.refused.rpartition("; ")[2]))
    schema = study_schema(study)
    if path.is_file() and not force:
        fix = "edit it, delete it first, or add --force to write over it"
        there = Problem("U135", "the site has a layout already", f"{study.folder.name}/sites/{path.name}", fix=fix)
        raise UsageError(there, *changed_since_layout(path, raw, schema))
    proposed = {sheet.name: propose_sheet(sheet, schema) for sheet in raw.sheets}
    sheets = tuple(one for one in proposed.values() if one is not None)
    if not sheets:
        fix = "see that the first 30 rows hold the headers; or write the layout by hand, as in analyses/studies/demo/sites"
        raise DataError(Problem("U133", "no row looks like headers of ours", name, fix=fix))
    without = tuple(name for name, one in proposed.items() if one is None and name)
    return MappedFile(name, site, path, schema, sheets, without, _FROM_1904 in raw.note, not inside)


def _site_of(file: Path, known: list[str]) -> str:
    stem = file.stem.casefold()
    named = [site for site in known if site in re.sub(r"[^a-z0-9]+", "_", stem)]
    if len(named) == 1 or not known:
        return named[0] if named else re.match(r"[a-z]*", stem)[0]  # type: ignore[index]
    return ""


def _known(site: str, known: list[str], study: Study) -> None:
    place = f"{study.folder.name}/sites"
    if not re.fullmatch(r"[a-z][a-z0-9_]*", site):
        fix = f"name it: --site {known[0] if known else 'camden'}" + (f" (sites are: {', '.join(known)})" if known else "")
        raise UsageError(Problem("U134", "whose file is it? its name does not say", place, fix=fix))
    if known and site not in known:
        fix = f"sites are: {', '.join(known)}; a new one goes into study.toml first"
        raise UsageError(Problem("U105", f"there is no site '{site}'", study.folder.name, fix=fix))


def read_answers_for(mapped: MappedFile, raw: object, place: str) -> dict[str, ColumnAnswer]:
    """Understand answers as read from YAML or JSON: header -> field, 'ignore', or {field, codes, dates}.

    Raises UsageError (U131) for what is no answer or names no field, with all of them at once.
    """
    if not isinstance(raw, Mapping):
        fix = "write one line a header, such as 'Date referred: enrolments.referral_date' or 'Notes: ignore'"
        raise UsageError(Problem("U131", "these are no answers", place, fix=fix))
    full = {str(header): held if isinstance(held, Mapping) else {"field": held} for header, held in raw.items()}
    targets = answered_targets({header: str(held.get("field", "")) for header, held in full.items()}, mapped.schema, place)
    return {
        header: ColumnAnswer(
            target,
            {str(entry): str(code) for entry, code in dict(full[header].get("codes") or {}).items()},
            tuple(str(one) for one in full[header].get("dates") or ()),
        )
        for header, target in targets.items()
    }


def read_answers(mapped: MappedFile, path: Path) -> dict[str, ColumnAnswer]:
    """Read a file of answers, YAML or JSON. Raises UsageError (U131) where it cannot be understood."""
    if not path.is_file():
        raise UsageError(Problem("U130", "there is no such file of answers", path.name, fix="check its path"))
    return read_answers_for(mapped, read_yaml(path, UsageError, "U131"), path.name)


def settle(mapped: MappedFile, answers: Mapping[str, ColumnAnswer], accept: bool) -> tuple[SettledColumn, ...]:
    """Settle every column by the answers, then by what is sure. accept: unsure ones are left out, else they stay open."""
    return settle_columns(mapped.sheets, answers, accept)


def details_of(mapped: MappedFile, one: SettledColumn) -> ColumnDetails:
    """Say what a column holds for the field it is settled or proposed for."""
    target = one.target or one.column.proposal.target
    if target in SHARED:
        target = ""
    return column_details(one.column, target, mapped.schema, mapped.from_1904)


def write_settled(mapped: MappedFile, settled: tuple[SettledColumn, ...], today: date) -> WrittenLayout:
    """Write the layout with its comments. Raises LayoutError, and writes nothing, where it could not be read again."""
    layout = settled_layout(mapped.site, [mapped.name], mapped.sheets, settled, mapped.schema, mapped.from_1904)
    layout = layout.model_copy(update={"ignore_sheets": mapped.without})
    lacking = _lacking(layout, mapped.schema)
    heading = [
        f"{mapped.site}: proposed by `evaltools map` on {today:%d/%m/%Y} from {mapped.name}.",
        "Read it once; then it is yours to edit.",
        "For the deliveries to come, put * in the file's name for what changes, as in 'returns_*.xlsx'.",
        *(f"Still lacking: {problem.what} ({problem.fix})" for problem in lacking),
    ]
    comments = layout_comments(mapped.sheets, settled, mapped.schema, heading, mapped.from_1904)
    text = layout_text(layout, comments)
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / "sites" / mapped.path.name
        write_bytes(trial, text.encode())
        read_layouts(trial.parent, mapped.schema)
    write_bytes(mapped.path, text.encode())
    return WrittenLayout(mapped.path, lacking)


def _lacking(layout: Layout, schema: Schema) -> tuple[Problem, ...]:
    try:
        check_layouts([layout], schema)
    except LayoutError as fault:
        return fault.problems
    return ()
