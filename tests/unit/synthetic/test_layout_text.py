from __future__ import annotations

import yaml

from evaltools.schema.layout import Layout
from evaltools.synthetic.layout_text import SheetText, layout_text
from evaltools.synthetic.provider_column import ProviderColumn as Col
from evaltools.synthetic.site_plan import SITES

COLUMNS = (
    Col("ID", "participants.participant_id"),
    Col("Work", "enrolments.employment_at_referral", {"employed": ("01", "Yes"), "unemployed": ("No",)}),
    Col("Job 1 / Start", "jobs.start_date", dates=("typed", "dd/mm/yy"), number=1),
    Col("Job 2 / Start", "jobs.start_date", dates=("typed", "dd/mm/yy"), number=2),
    Col("Notes"),
)


def test_the_text_is_a_valid_layout_that_says_what_the_columns_say() -> None:
    sheets = [SheetText("2018", COLUMNS, "First.", 3, 2, {"jobs.competitive": "true"}), SheetText("2019", COLUMNS, "Then.")]
    layout = Layout.model_validate(yaml.safe_load(layout_text(SITES[0], ["a*.xlsx"], sheets, ["Lists"], "Read me.")))
    first, second = layout.sheets
    assert (layout.site, layout.files, layout.ignore_sheets) == ("northmere", ("a*.xlsx",), ("Lists",))
    assert (first.header_row, first.header_rows, first.constants) == (3, 2, {"jobs.competitive": "true"})
    assert first.columns["Work"].codes == {"01": "employed", "Yes": "employed", "No": "unemployed"}
    assert (first.repeats[0].times, list(first.repeats[0].columns)) == (2, ["Job {n} / Start"])
    assert (second.columns, second.ignore, second.repeats) == (first.columns, ("Notes",), first.repeats)


def test_a_reader_is_told_that_nobody_is_real() -> None:
    assert "nobody is real" in layout_text(SITES[0], ["a"], [SheetText("*", COLUMNS, "All.")]).splitlines()[0]
