from __future__ import annotations

import yaml

from evaltools.schema.layout import Layout
from evaltools.synthetic.delivery import Delivery
from evaltools.synthetic.journal import Journal
from evaltools.synthetic.programme import Programme
from evaltools.synthetic.site_millhaven import millhaven


def handed_in(truth: Programme) -> Delivery:
    return millhaven(truth, Journal())


def test_the_layout_is_valid_and_every_record_has_a_line(truth: Programme) -> None:
    delivery = handed_in(truth)
    assert Layout.model_validate(yaml.safe_load(delivery.layout)).site == "millhaven"
    assert len(delivery.files) == 5
    people = {line.key[0] for sheet in delivery.sheets for line in sheet.lines if line.key[0]}
    assert people == set(truth.participants.loc[truth.participants["site_id"] == "millhaven", "participant_id"])


def test_text_files_come_with_and_without_a_mark_and_one_sheet_is_hidden(truth: Programme) -> None:
    files = handed_in(truth).files
    marks = [files[name].startswith(b"\xef\xbb\xbf") for name in files if name.endswith("csv")]
    assert sorted(marks) == [False, False, True, True]
    assert [sheet.name for sheet in handed_in(truth).sheets if sheet.hidden] == ["Moved teams"]


def test_the_same_programme_gives_the_same_files(truth: Programme) -> None:
    assert handed_in(truth).files == handed_in(truth).files
