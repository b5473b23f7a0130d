from __future__ import annotations

import yaml

from evaltools.schema.layout import Layout
from evaltools.synthetic.delivery import Delivery
from evaltools.synthetic.journal import Journal
from evaltools.synthetic.programme import Programme
from evaltools.synthetic.site_harrowdene import harrowdene


def handed_in(truth: Programme) -> Delivery:
    return harrowdene(truth, Journal())


def test_the_layout_is_valid_and_every_record_has_a_line(truth: Programme) -> None:
    delivery = handed_in(truth)
    assert Layout.model_validate(yaml.safe_load(delivery.layout)).site == "harrowdene"
    assert len(delivery.files) == 6
    people = {line.key[0] for sheet in delivery.sheets for line in sheet.lines if line.key[0]}
    assert people == set(truth.participants.loc[truth.participants["site_id"] == "harrowdene", "participant_id"])


def test_jobs_come_in_both_byte_orders(truth: Programme) -> None:
    files = handed_in(truth).files
    marks = {name: files[name][:2] for name in files if name.endswith("tsv")}
    assert sorted(marks.values()) == [b"\xfe\xff", b"\xfe\xff", b"\xff\xfe", b"\xff\xfe"]


def test_the_same_programme_gives_the_same_files(truth: Programme) -> None:
    assert handed_in(truth).files == handed_in(truth).files
