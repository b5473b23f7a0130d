from __future__ import annotations

import pandas as pd
import pytest

from evaltools.derive.scores import known_instruments, usable_scores
from evaltools.domain.instrument import INSTRUMENTS


def measures(*rows, **columns):
    """Rows of participant, instrument, day of 2019, score."""
    frame = pd.DataFrame(rows, columns=["participant_id", "instrument", "measured_date", "score"])
    frame["measured_date"] = pd.Timestamp("2019-01-01") + pd.to_timedelta(frame["measured_date"], unit="D")
    return frame.assign(site_id="north", **columns).astype({"score": "Float64"})


def uses(frame, **settings):
    return usable_scores(frame, known_instruments(frame), **settings)["use"].tolist()


def test_a_known_name_gives_the_range_whatever_the_rows_say():
    frame = measures(("ann", "SWEMWBS", 0, 20), scale_minimum=14.0, scale_maximum=70.0, better="lower")
    assert known_instruments(frame) == {"swemwbs": INSTRUMENTS["swemwbs"]}


def test_another_instrument_needs_its_range_from_its_rows():
    frame = measures(("ann", "Confidence star", 0, 4), scale_minimum=1.0, scale_maximum=10.0, better="higher")
    found = known_instruments(frame)["confidencestar"]
    assert (found.minimum, found.maximum, found.better, found.label) == (1, 10, "higher", "Confidence star")
    assert uses(frame) == ["used"]
    assert uses(frame.drop(columns=["scale_minimum"])) == ["range not known"]


@pytest.mark.parametrize("stated", [[1.0, 0.0], [10.0, 10.0]])
def test_rows_that_disagree_or_cannot_be_leave_the_range_unknown(stated):
    frame = measures(("ann", "Star", 0, 4), ("bob", "Star", 0, 4), scale_minimum=stated, scale_maximum=10.0)
    assert uses(frame) == ["range not known"] * 2


def test_rows_that_disagree_on_what_is_better_leave_that_unknown():
    frame = measures(("ann", "Star", 0, 4), ("bob", "Star", 0, 4), scale_minimum=0.0, scale_maximum=10.0)
    assert known_instruments(frame.assign(better=["higher", "lower"]))["star"].better is None


@pytest.mark.parametrize(
    ("score", "use"), [(7, "used"), (35, "used"), (6.9, "outside the range"), (36, "outside the range")]
)
def test_the_ends_of_the_scale_are_on_it(score, use):
    assert uses(measures(("ann", "SWEMWBS", 0, score))) == [use]


def test_a_site_with_many_scores_outside_uses_another_instrument_or_scoring():
    inside = [(f"p{number}", "SWEMWBS", 0, 20) for number in range(20)]
    two = [("x", "SWEMWBS", 0, 50), ("y", "SWEMWBS", 0, 60)]
    assert set(uses(measures(*inside, *two))) == {"instrument in doubt at the site"}
    assert uses(measures(*inside, *two), most_outside=0.1)[-2:] == ["outside the range"] * 2
    assert uses(measures(*inside, two[0]))[:2] == ["used"] * 2  # one alone is a slip


def test_doubt_stays_at_its_site_and_instrument():
    frame = measures(("x", "SWEMWBS", 0, 50), ("y", "SWEMWBS", 0, 60), ("ann", "SWEMWBS", 0, 20), ("x", "PHQ-9", 0, 3))
    frame["site_id"] = ["north", "north", "south", "north"]
    assert uses(frame)[2:] == ["used", "used"]


def test_two_scores_of_one_day_are_no_score_unless_they_agree_or_come_from_two_sources():
    two = measures(("ann", "GSE", 0, 20), ("ann", "GSE", 0, 30))
    assert uses(two) == ["no single score that day"] * 2
    assert uses(two.assign(score=20.0)) == ["used"] * 2
    assert uses(two.assign(source=["self", "clinician"])) == ["used"] * 2
    assert uses(two.assign(instrument=["GSE", "WSAS"])) == ["used"] * 2
