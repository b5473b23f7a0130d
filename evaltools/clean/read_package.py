"""Read raw data that an installed package holds and that may not be committed here (for example `carData::Rossi`)."""

from __future__ import annotations

import contextlib
import importlib
import io

from evaltools.errors import Problem, StudyError

__all__ = ["read_package"]


def read_package(package: str, vendor: str, item: str) -> bytes | None:
    """Give one data set of a data package as CSV bytes; None where the package is not installed.

    package: importable name, with a function data(vendor, item). vendor, item: as the package names them.
    Raises StudyError when the package does not hold it.
    """
    try:
        module = importlib.import_module(package)
    except ModuleNotFoundError:
        return None
    with contextlib.redirect_stdout(io.StringIO()):
        frame = module.data(vendor, item)
    if frame is None:
        what = f"the package '{package}' has no data set '{item}' of '{vendor}'"
        raise StudyError(
            Problem("S111", what, "study.toml, [raw_from]", fix="correct vendor and item as the package names them")
        )
    return bytes(frame.to_csv(index=False, lineterminator="\n"), encoding="utf-8")
