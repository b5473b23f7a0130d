from __future__ import annotations

from evaltools.report.rows import one, rows
from evaltools.report.share import hidden_words, mark, missing_words, share


def test_a_share_travels_with_its_counts(totals):
    said = share(totals, one(totals, outcome="job_start", group="all", statistic="proportion"), 1)
    assert said.words == "831 of 2,610 people engaged (31.8%; 95% interval 30.1% to 33.7%)"
    assert said.brief == "831 of 2,610 (31.8%)"
    assert said.counts == "831 of 2,610"


def test_a_hidden_share_says_why(hidden):
    row = one(hidden, outcome="job_start", group="lambeth", statistic="proportion")
    said = share(hidden, row, 0)
    assert said.brief == "[c]"
    assert said.counts == ""
    assert said.words == "[c] of people engaged (fewer than 10 people, or too few to give a share)"


def test_without_a_note_the_rule_of_the_release_is_the_reason(hidden):
    row = one(hidden, group="lambeth") | {"note": None}
    assert hidden_words(hidden, row).startswith("Counts of 1 to 9 people are not shown")
    assert mark(hidden, row) == "[c]"


def test_what_is_not_hidden_but_absent_has_another_sign(totals, hidden):
    row = one(hidden, group="lambeth") | {"note": "follow-up ends before this day"}
    assert mark(hidden, row) == "[x]"
    assert mark(totals, row | {"note": None}) == "[x]"


def test_each_reason_is_given_once(hidden):
    assert missing_words(hidden, rows(hidden, group="lambeth")) == ["[c]: fewer than 10 people, or too few to give a share"]
    absent = [one(hidden, group="lambeth") | {"note": f"not published for this group ({n} people)"} for n in (47, 18)]
    assert missing_words(hidden, absent) == ["[x]: not published for this group"]
