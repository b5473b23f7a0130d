from __future__ import annotations

import pytest

from evaltools.report.homogeneity import Homogeneity, follow_up, homogeneity
from evaltools.report.rows import one


@pytest.mark.parametrize(
    ("p", "verdict"),
    [
        (0.05, "there is no clear evidence that sites differ"),
        (0.0499, "sites differ by more than chance alone would produce"),
    ],
)
def test_the_rule_is_at_5_percent(p, verdict):
    assert Homogeneity(1, 1, p).verdict == verdict


def test_the_test_in_words(totals):
    test = homogeneity(totals, one(totals, outcome="sustained_13", group_by="site"))
    assert test.words == "chi-squared 12.26 on 3 degrees of freedom, p = 0.0065"


def test_tests_of_subgroups_are_told_apart_by_population(totals):
    row = one(totals, group_by="ethnicity", statistic="proportion")
    assert homogeneity(totals, row, population="haringey").p == 0.64
    assert homogeneity(totals, row, population="enfield").p == 0.0192


def test_no_test_no_verdict(without, people):
    assert homogeneity(without("estimates"), one(people, outcome="job_start", group_by="site")) is None


def test_shares_that_follow_up_distorts_say_so(people, totals):
    started = one(people, outcome="job_start", group_by="site")
    assert "followed for different lengths of time" in follow_up(people, started)
    assert follow_up(people, one(people, outcome="sustained", group_by="site")) == ""
    assert follow_up(people, one(people, outcome="hours_16", group_by="site")) == ""
    assert follow_up(people, one(people, outcome="job_start", group_by="programme")) == ""
    assert follow_up(totals, one(totals, outcome="job_start", group_by="site")) == ""
