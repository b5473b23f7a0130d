"""A page as a tagged PDF (PDF/UA-1), for boards. Needs WeasyPrint and, from the system, Pango."""

from __future__ import annotations

import logging
from functools import cache
from types import ModuleType

from evaltools.errors import Problem, ReportError

__all__ = ["can_make_pdf", "pdf_bytes"]


@cache
def _weasyprint() -> ModuleType | None:
    try:
        import weasyprint
    except (ImportError, OSError):  # OSError: WeasyPrint is here and Pango is not
        return None
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    return weasyprint


def can_make_pdf() -> bool:
    """Say whether WeasyPrint and Pango are here."""
    return _weasyprint() is not None


def pdf_bytes(page: str) -> bytes:
    """Turn a self-contained HTML page into a PDF; the print style of the page decides how it looks.

    Nothing outside the page is fetched. Raises ReportError where WeasyPrint or Pango is missing.
    """
    weasyprint = _weasyprint()
    if weasyprint is None:
        fix = "install evaltools[pdf] and the system's Pango (Debian: libpango-1.0-0 libpangoft2-1.0-0), or print the page"
        raise ReportError(Problem("R206", "a PDF needs WeasyPrint and Pango, and one of them is not here", fix=fix))
    return bytes(weasyprint.HTML(string=page, url_fetcher=_nothing).write_pdf(pdf_variant="pdf/ua-1"))


def _nothing(url: str, *_: object, **__: object) -> dict[str, object]:
    raise ReportError(
        Problem("R207", "the page asks for something outside itself", fix="this is a fault of evaltools: report it")
    )
