from __future__ import annotations

import yaml

from evaltools.schema.layout import Layout
from evaltools.synthetic.delivery import Delivery
from evaltools.synthetic.journal import Journal
from evaltools.synthetic.programme import Programme
from evaltools.synthetic.site_saltbrook import saltbrook


def handed_in(truth: Programme) -> Delivery:
    return saltbrook(truth, Journal())


def test_the_layout_is_valid_and_every_record_has_a_line(truth: Programme) -> None:
    delivery = handed_in(truth)
    assert Layout.model_validate(yaml.safe_load(delivery.layout)).site == "saltbrook"
    assert len(delivery.files) == 4
    people = {line.key[0] for sheet in delivery.sheets for line in sheet.lines if line.key[0]}
    assert people == set(truth.participants.loc[truth.participants["site_id"] == "saltbrook", "participant_id"])


def test_identifiers_are_numbers_on_one_sheet_and_text_on_the_other(truth: Programme) -> None:
    files = handed_in(truth).files
    assert files["Saltbrook 2017.xls"].startswith(bytes.fromhex("d0cf11e0"))
    ids = [line.cells[0] for sheet in handed_in(truth).sheets for _, line in sheet.kept()]
    assert {type(value) for value in ids} == {int, str}


def test_the_same_programme_gives_the_same_files(truth: Programme) -> None:
    assert handed_in(truth).files == handed_in(truth).files
