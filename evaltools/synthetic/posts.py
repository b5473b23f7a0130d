"""Employment specialists: posts by site, with dates, full-time equivalent, share of the caseload and true effect."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.synthetic.chance import normal
from evaltools.synthetic.site_plan import SITES

__all__ = ["draw_posts"]

_NAMES = (
    "Asha Wren", "Callum Rook", "Renée Marsh", "Tomos Birch", "Ines Fallow", "Zoë Heath", "Kofi Stone", "Marek Ashdown",
    "Leila Brook", "Owen Thorne", "Chloé Fenn", "Dilip Moor", "Hana Lyle", "Jude Carr", "Siân Vale", "Peter Holm",
    "Nadia Peel", "Rory Glade", "Yusuf Dean", "Beth Croft", "Anders Lowe", "Mina Tarn", "Greg Sedge", "Faye Linnet",
    "Ivo Quill",
)  # fmt: skip
_SPREAD = 0.40


def draw_posts(rng: np.random.Generator) -> pd.DataFrame:
    """Draw the posts of every site.

    Parameters
    ----------
    rng
        Generator.

    Returns
    -------
    DataFrame
        specialist_id (a made-up name), site_id, from_date, to_date, fte, share (of the site's people), effect (log odds).
    """
    sites = [plan for plan in SITES for _ in range(plan.specialists)]
    n = len(sites)
    weight = pd.Series(0.5 + rng.random(n) ** 2 * 1.5)
    frame = pd.DataFrame(
        {
            "specialist_id": list(_NAMES[:n]),
            "site_id": [plan.id for plan in sites],
            "from_date": pd.to_datetime([plan.opens for plan in sites]),
            "to_date": pd.Series(
                [plan.closes if plan.closes == plan.last_day else None for plan in sites], dtype="datetime64[ns]"
            ),
            "fte": np.where(rng.random(n) < 0.25, 0.6, 1.0),
        }
    )
    frame["share"] = weight / weight.groupby(frame["site_id"]).transform("sum")
    frame["effect"] = _SPREAD * normal(rng, n)
    frame["effect"] -= frame["effect"].groupby(frame["site_id"]).transform("mean")
    return frame
