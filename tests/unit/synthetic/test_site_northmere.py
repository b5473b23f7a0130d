from __future__ import annotations

import io
import zipfile

import yaml

from evaltools.schema.layout import Layout
from evaltools.synthetic.delivery import Delivery
from evaltools.synthetic.journal import Journal
from evaltools.synthetic.programme import Programme
from evaltools.synthetic.site_northmere import northmere


def handed_in(truth: Programme) -> Delivery:
    return northmere(truth, Journal())


def test_the_layout_is_valid_and_every_record_has_a_line(truth: Programme) -> None:
    delivery = handed_in(truth)
    assert Layout.model_validate(yaml.safe_load(delivery.layout)).site == "northmere"
    assert len(delivery.files) == 3
    people = {line.key[0] for sheet in delivery.sheets for line in sheet.lines if line.key[0]}
    assert people == set(truth.participants.loc[truth.participants["site_id"] == "northmere", "participant_id"])


def test_the_register_counts_days_from_1904_and_two_copies_cannot_be_read(truth: Programme) -> None:
    files = handed_in(truth).files
    assert (
        "date1904" in zipfile.ZipFile(io.BytesIO(files["northmere_register_2019-09.xlsx"])).read("xl/workbook.xml").decode()
    )
    assert {refusal.why for refusal in handed_in(truth).refused} == {"password", "truncated"}


def test_the_same_programme_gives_the_same_files(truth: Programme) -> None:
    assert handed_in(truth).files == handed_in(truth).files
