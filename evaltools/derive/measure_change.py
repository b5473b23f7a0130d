"""Change of scores: from the score nearest to engagement to the one nearest to a later day, on one instrument at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from evaltools.derive.people import last_followed
from evaltools.derive.scores import known_instruments, usable_scores
from evaltools.domain.family_settings import ScoreWindow
from evaltools.domain.instrument import INSTRUMENTS, Instrument

__all__ = ["MeasureChanges", "derive_measure_changes"]


@dataclass(frozen=True)
class MeasureChanges:
    """Changes of people, and what became of each score.

    people: one row for each engaged person of a site that uses an instrument: definition, participant_id, site_id,
    instrument, better, minimum, maximum (of the scale), days (of the window), baseline, follow_up, change, state.
    change: follow-up less baseline, in points, its sign turned where lower is better, so that above 0 is better; as it is
    where which way is better is not known ('better' is then missing). state: 'known', 'no follow-up', 'not yet' (the window
    is not over at the end of follow-up), 'no baseline'.
    scores: site_id, instrument, use and n: every score recorded, used or set aside, with the reason.
    """

    people: pd.DataFrame
    scores: pd.DataFrame


_PEOPLE = [
    *(
        "definition",
        "participant_id",
        "site_id",
        "instrument",
        "better",
        "minimum",
        "maximum",
        "days",
        "baseline",
        "follow_up",
    ),
    *("change", "state"),
]


def derive_measure_changes(
    tables: Mapping[str, pd.DataFrame],
    people: pd.DataFrame,
    cuts: Mapping[str, date],
    data_cut: date,
    instruments: Mapping[str, Instrument] = INSTRUMENTS,
    window: ScoreWindow | None = None,
) -> MeasureChanges:
    """Work out changes of scores under every definition profile in `people`.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        Canonical `measures`, where the study has it.
    people : pandas.DataFrame
        The table `outcomes`: definition, participant_id, site_id, engaged_date, first_job_date.
    cuts, data_cut
        Last day of follow-up by site; of other sites.
    instruments : mapping of str to Instrument
        Known by name; others by the range that their rows state.
    window : ScoreWindow, optional
        Which scores are compared; 90 days before to 30 after engagement, and 182 days after it give or take 61.

    Returns
    -------
    MeasureChanges
        Empty where the study has no scores. Both scores of a change are from one source; scores of other people than
        the baseline's are not compared with it.
    """
    measures = tables.get("measures")
    if measures is None or measures.empty:
        return MeasureChanges(pd.DataFrame(columns=_PEOPLE), pd.DataFrame(columns=["site_id", "instrument", "use", "n"]))
    wanted = window or ScoreWindow()
    scales = known_instruments(measures, instruments)
    scores = usable_scores(measures, scales)
    counted = scores.groupby(["site_id", "instrument", "use"]).size().rename("n").reset_index()
    used = scores[scores["use"] == "used"].drop_duplicates(["participant_id", "instrument", "date", "source"])
    columns = ["definition", "participant_id", "site_id", "engaged_date", "first_job_date"]
    engaged = people.loc[people["engaged_date"].notna(), columns].reset_index(drop=True)
    engaged["cut"] = last_followed(engaged["site_id"], cuts, data_cut)
    asked = engaged.merge(used[["site_id", "instrument"]].drop_duplicates(), on="site_id").reset_index(names="row")
    return MeasureChanges(_compared(asked, used, scales, wanted)[_PEOPLE], counted)


def _compared(
    asked: pd.DataFrame, used: pd.DataFrame, scales: Mapping[str, Instrument], window: ScoreWindow
) -> pd.DataFrame:
    told = asked.merge(
        used[["participant_id", "instrument", "date", "score", "source"]], on=["participant_id", "instrument"]
    )
    told = told[told["date"] <= told["cut"]]
    told["day"] = (told["date"] - told["engaged_date"]).dt.days
    before_work = told["first_job_date"].isna() | (told["date"] < told["first_job_date"])
    early = told[before_work & told["day"].between(-window.before, window.after)]
    first = _nearest(early, 0)
    late = told.merge(first[["row", "source", "day"]], on=["row", "source"], suffixes=("", "_baseline"))
    late = late[
        (late["day"] > late["day_baseline"]) & late["day"].between(window.days - window.around, window.days + window.around)
    ]
    last = _nearest(late, window.days)
    done = asked.set_index("row")
    done["days"] = window.days
    done["baseline"] = first.set_index("row")["score"].reindex(done.index)
    done["follow_up"] = last.set_index("row")["score"].reindex(done.index)
    over = (done["cut"] - done["engaged_date"]).dt.days >= window.days + window.around
    done["better"] = done["instrument"].map({name: each.better for name, each in scales.items()}).astype("string")
    done["minimum"] = done["instrument"].map({name: each.minimum for name, each in scales.items()})
    done["maximum"] = done["instrument"].map({name: each.maximum for name, each in scales.items()})
    sign = done["better"].map({"lower": -1.0}).astype("Float64").fillna(1.0)
    # a follow-up is used only where everybody's window is over: else early answers would count and late ones could not
    done["change"] = ((done["follow_up"] - done["baseline"]) * sign).where(over)
    state = np.select(
        [done["baseline"].isna(), ~over, done["follow_up"].notna()], ["no baseline", "not yet", "known"], "no follow-up"
    )
    return done.assign(state=pd.Series(state, index=done.index, dtype="string")).reset_index(drop=True)


def _nearest(told: pd.DataFrame, day: int) -> pd.DataFrame:
    """Take each row's score nearest to a day; of two equally near the earlier, and of two sources the first by name."""
    ordered = told.assign(far=(told["day"] - day).abs()).sort_values(["row", "far", "day", "source"], kind="stable")
    return ordered.drop_duplicates("row")
