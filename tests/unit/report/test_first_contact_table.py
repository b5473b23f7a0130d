from __future__ import annotations

from dataclasses import replace

import pandas as pd

from evaltools.domain.release import Release
from evaltools.domain.results import ESTIMATES, tidy
from evaltools.report.first_contact_table import first_contact_table


def _with(people: Release, hide: bool = False) -> Release:
    rows = []
    for group, seen in (("all", 1700), ("enfield", 300)):
        for term, share in (("7 days or fewer", 0.4), ("over 30 days", 0.6)):
            shown = group == "all" or not hide
            rows.append(
                {
                    "definition": "lcf_mhep", "outcome": "first_contact", "statistic": "proportion", "term": term,
                    "group_by": "programme" if group == "all" else "site", "group": group, "missing": 225,
                    "denominator_name": "people referred who have been seen",
                    **({"value": share, "numerator": share * seen, "denominator": seen} if shown else {}),
                }
            )  # fmt: skip
    frame = tidy(pd.concat([people.results.estimates, tidy(rows, ESTIMATES)], ignore_index=True), ESTIMATES)
    return Release(replace(people.results, estimates=frame), people.meta)


def test_each_site_and_the_whole_have_shares_with_their_counts(people):
    table = first_contact_table(_with(people)).text
    assert '40%<span class="line">120 of 300</span>' in table
    assert '<tr class="total"><th scope="row">All sites</th>' in table
    assert "Share of people referred who have been seen. It is not known for 225 more." in table


def test_hidden_shares_are_marked(people):
    assert '<td class="number">[c]</td>' in first_contact_table(_with(people, hide=True)).text


def test_no_contacts_no_table(people, totals):
    assert first_contact_table(people) is None
    assert first_contact_table(totals) is None
