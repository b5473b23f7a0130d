"""Read site layouts (`sites/*.yaml`), with every fault of every file at once."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from evaltools.errors import LayoutError, Problem
from evaltools.schema.explain_validation import validation_problems
from evaltools.schema.layout import Layout, SheetLayout
from evaltools.schema.layout_faults import fields_fed_twice, maps_that_differ
from evaltools.schema.read_yaml import read_yaml
from evaltools.schema.table import Schema

__all__ = ["read_layouts"]


def _layout_faults(path: Path, layout: Layout, schema: Schema) -> list[Problem]:
    faults: list[Problem] = []
    for sheet in layout.sheets:
        faults += fields_fed_twice(sheet, f"{path.parent.name}/{path.name}, sheet {sheet.sheet}")
        for name, target, codes in _targets(sheet):
            faults += maps_that_differ(codes, f"{path.parent.name}/{path.name}, {name}")
            table, _, field = target.partition(".")
            known = schema.tables.get(table)
            place = f"{path.parent.name}/{path.name}, {name}"
            if known is None or field not in known.fields:
                every = [f"{t.name}.{f}" for t in schema.tables.values() for f in t.fields]
                guess = difflib.get_close_matches(target, every, 1)
                fix = f"did you mean '{guess[0]}'?" if guess else "see data_schema/README.md for the fields"
                faults.append(Problem("L102", f"there is no field '{target}'", place, fix=fix))
                continue
            codelist = known.fields[field].codelist
            allowed = list(schema.codelists[codelist].labels) if codelist else []
            for code in codes.values():
                if allowed and code not in allowed:
                    detail = f"'{code}' is not in codelist {codelist}: {', '.join(allowed)}"
                    faults.append(Problem("L103", "a code map leads nowhere", place, detail, "use a listed code"))
    return faults


def _targets(sheet: SheetLayout) -> Sequence[tuple[str, str, Mapping[str, str]]]:
    columns = [(f"column '{header}'", column.field, column.codes) for header, column in sheet.columns.items()]
    for repeat in sheet.repeats:
        columns += [(f"column '{header}'", column.field, column.codes) for header, column in repeat.columns.items()]
    return columns + [(f"constant '{target}'", target, {}) for target in sheet.constants]


def read_layouts(folder: Path, schema: Schema) -> tuple[Layout, ...]:
    """Read every `sites/*.yaml`, in name order. Raises LayoutError with every fault of every file at once."""
    faults: list[Problem] = []
    layouts = []
    for path in sorted(folder.glob("*")):
        place = f"{folder.name}/{path.name}"
        if path.suffix.casefold() in (".yml", ".yaml") and path.suffix != ".yaml":
            faults.append(
                Problem("L101", "this layout is not read", place, "its name must end in .yaml", "rename it to .yaml")
            )
        if path.suffix != ".yaml":
            continue
        raw = read_yaml(path, LayoutError, "L101")
        try:
            layout = Layout.model_validate(_short_columns(raw))
        except ValidationError as fault:
            faults += validation_problems(fault, "L101", place, Layout)
            continue
        faults += _layout_faults(path, layout, schema)
        layouts.append(layout)
    if faults:
        raise LayoutError(*faults)
    return tuple(layouts)


def _short_columns(raw: Any) -> Any:
    """Allow `Client ID: participants.participant_id` for a column that needs no more than its field."""
    if isinstance(raw, dict):
        return {
            key: (
                {name: {"field": held} if isinstance(held, str) else held for name, held in value.items()}
                if key == "columns" and isinstance(value, dict)
                else _short_columns(value)
            )
            for key, value in raw.items()
        }
    return [_short_columns(item) for item in raw] if isinstance(raw, list) else raw
