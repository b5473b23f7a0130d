"""Tell which delivery every record comes from, by the date that the layout's pattern finds in its file's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evaltools.errors import LayoutError, Problem
from evaltools.schema.deliveries import delivered_on
from evaltools.schema.layout import Layout

__all__ = ["Delivered", "date_deliveries"]


@dataclass(frozen=True)
class Delivered:
    """The delivery of each record. on, series, erases are by record number; newest is by series.

    on: day of the delivery, NaT for a record of no declared delivery. series: which return it belongs to (number of its
    layout), -1 for none. erases: an empty cell erases what an older delivery states. newest: last day that was read.
    older_files: names of the files that a newer delivery replaces.
    """

    on: np.ndarray
    series: np.ndarray
    erases: np.ndarray
    newest: np.ndarray
    older_files: frozenset[str] = frozenset()


def date_deliveries(files: Sequence[str], layouts: Sequence[Layout], sheet_of_record: np.ndarray) -> Delivered:
    """Date the records of sheets that were read.

    Parameters
    ----------
    files, layouts
        Of each sheet: the shown name of its file, and the layout that names the file.
    sheet_of_record
        Number of its sheet, for every record.

    Raises
    ------
    LayoutError
        L208 for each file whose layout declares deliveries and whose name gives no date.
    """
    known: list[Layout] = []
    days, series, faults = [], [], {}
    for file, layout in zip(files, layouts, strict=True):
        rule = layout.deliveries
        day = delivered_on(file, rule.pattern) if rule else None
        if rule and day is None:
            faults[file] = Problem(
                "L208",
                "the name of a file does not say which delivery it is",
                file,
                f"the layout's deliveries are called '{rule.pattern}'",
                "rename the file, or correct 'deliveries: pattern' in the site's layout",
            )
        if rule and layout not in known:
            known.append(layout)
        days.append(np.datetime64(day, "D") if day else np.datetime64("NaT", "D"))
        series.append(known.index(layout) if rule else -1)
    if faults:
        raise LayoutError(*faults.values())
    on, of = np.array(days, dtype="datetime64[D]"), np.array(series, dtype="int64")
    newest = np.array([on[of == number].max() for number in range(len(known))], dtype="datetime64[D]")
    erases = np.array(
        [layout.deliveries is not None and layout.deliveries.empty == "erases" for layout in layouts], dtype=bool
    )
    older = frozenset(file for file, day, number in zip(files, on, of, strict=True) if number >= 0 and day < newest[number])
    return Delivered(on[sheet_of_record], of[sheet_of_record], erases[sheet_of_record], newest, older)
