"""Read raw data that an installed package holds and that may not be committed here (for example `carData::Rossi`)."""

from __future__ import annotations

import importlib

__all__ = ["read_package"]


def read_package(package: str, vendor: str, item: str) -> bytes | None:
    """Give one data set of a data package as CSV bytes; None where the package is not installed.

    package: importable name, with a function data(vendor, item). vendor, item: as the package names them.
    """
    try:
        module = importlib.import_module(package)
    except ModuleNotFoundError:
        return None
    frame = module.data(vendor, item)
    return bytes(frame.to_csv(index=False, lineterminator="\n"), encoding="utf-8")
