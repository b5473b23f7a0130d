"""Check that every layout belongs to a site that the study knows."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

import pandas as pd

from evaltools.errors import LayoutError, Problem
from evaltools.schema.layout import Layout

__all__ = ["check_sites"]


def check_sites(layouts: Sequence[Layout], sites: pd.DataFrame | None) -> None:
    """Raise LayoutError with every layout of an unknown site at once.

    sites: those of the study file, with site_id; None where the data themselves hold the sites.
    """
    if sites is None:
        return
    known = sites["site_id"].astype(str).tolist()
    problems = []
    for layout in layouts:
        if layout.site and layout.site not in known:
            guess = difflib.get_close_matches(layout.site, known, 1)
            fix = f"did you mean '{guess[0]}'?" if guess else f"the study's sites are: {', '.join(known)}"
            place = f"sites/, the layout of {', '.join(layout.files)}"
            problems.append(Problem("L106", f"the study has no site '{layout.site}'", place, fix=fix))
    if problems:
        raise LayoutError(*problems)
