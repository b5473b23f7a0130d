from __future__ import annotations

from evaltools.report.payments_table import payments_table


def test_payments_are_whole_pounds_and_not_costs(totals):
    table = payments_table(totals).text
    for amount in ("£1,568,319", "£1,439,148", "£217,980", "£7,161", "£4,931,545"):
        assert amount in table
    assert "not what the service cost" in table
    assert table.rindex("SMI sites") > table.rindex("Shropshire")


def test_a_study_without_payments_has_no_table(people):
    assert payments_table(people) is None
