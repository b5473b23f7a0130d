from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from evaltools.domain.release import Release
from evaltools.report.findings import findings


def said(release):
    return [re.sub("<[^>]+>", "", item) for item in re.findall("<li>.*?</li>", findings(release).text)]


def test_every_percentage_has_its_numerator_and_denominator(people):
    assert (
        "705 of 1,540 people engaged (46%; 95% interval 43% to 48%) started a first job. It is not known for five more."
        in said(people)
    )


def test_time_is_told_with_leaving_beside_it(people):
    assert any(
        line.startswith(
            "Counting each person only for as long as they were followed, 38% (95% interval 36% to 40%) of 1,540"
        )
        and line.endswith("within 12 months of engagement, and 10% had left without one.")
        for line in said(people)
    )


def test_the_last_sentence_is_about_the_data(people):
    assert said(people)[-1].startswith("Data used: 1,925 of 2,165 rows")


def test_sites_are_judged_by_the_rule(totals):
    lines = said(totals)
    assert (
        "Started a job: there is no clear evidence that sites differ "
        "(chi-squared 3.60 on 3 degrees of freedom, p = 0.308). The share ranges from 30.6% to 35.1%."
    ) in lines
    assert any("sites differ by more than chance alone would produce (chi-squared 12.26" in line for line in lines)


def test_published_numbers_appear(totals):
    assert "Started a job: 831 of 2,610 people engaged (31.8%; 95% interval 30.1% to 33.7%)." in said(totals)


def test_contradictions_are_counted_and_not_repaired(totals):
    assert (
        "Two of the published figures contradict others. They are shown below as they were published, not repaired."
        in said(totals)
    )


def test_no_sentence_says_significant_or_why(people, totals, hidden):
    text = " ".join(line for release in (people, totals, hidden) for line in said(release)).lower()
    assert not re.search("significan|because of|due to|caused|effect|impact|led to", text)


def test_no_findings_from_an_empty_release(without):
    assert findings(without("estimates", "counts")) is None


def test_a_hidden_number_of_unknowns_is_never_zero(people):
    estimates = people.results.estimates.copy()
    estimates["missing"] = pd.NA
    lines = said(Release(replace(people.results, estimates=estimates), people.meta))
    hidden = [line for line in lines if "For some people it is not known (number not shown)." in line]
    assert any("started a first job." in line for line in hidden)
    assert any("kept the first job for 13 weeks." in line for line in hidden)


def test_files_that_could_not_be_read_are_on_the_first_page(people):
    assert "1 file could not be read." in said(people)[-1]


def test_sites_followed_unequally_are_said_so_in_the_same_sentence(people, totals):
    compared = next(line for line in said(people) if line.startswith("Started a first job: sites differ"))
    assert compared.endswith("Sites were followed for different lengths of time, which these shares do not allow for.")
    assert "followed for different" not in " ".join(said(totals))


def test_one_contradiction_is_singular(totals):
    checks = totals.results.checks.iloc[[0]]
    assert "One of the published figures contradicts others. It is shown below as it was published, not repaired." in said(
        Release(replace(totals.results, checks=checks), totals.meta)
    )
