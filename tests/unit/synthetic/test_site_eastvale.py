from __future__ import annotations

import yaml

from evaltools.schema.layout import Layout
from evaltools.synthetic.delivery import Delivery
from evaltools.synthetic.journal import Journal
from evaltools.synthetic.programme import Programme
from evaltools.synthetic.site_eastvale import eastvale


def handed_in(truth: Programme) -> Delivery:
    return eastvale(truth, Journal())


def test_the_layout_is_valid_and_every_record_has_a_line(truth: Programme) -> None:
    delivery = handed_in(truth)
    assert Layout.model_validate(yaml.safe_load(delivery.layout)).site == "eastvale"
    assert len(delivery.files) == 3
    people = {line.key[0] for sheet in delivery.sheets for line in sheet.lines if line.key[0]}
    assert people == set(truth.participants.loc[truth.participants["site_id"] == "eastvale", "participant_id"])


def test_a_text_file_goes_by_the_name_of_a_workbook(truth: Programme) -> None:
    files = handed_in(truth).files
    misnamed = files["eastvale_clients_2018-09.xlsx"]
    assert not misnamed.startswith(b"PK")
    assert "Client’s number;Age at referral" in misnamed.decode("cp1252")


def test_the_same_programme_gives_the_same_files(truth: Programme) -> None:
    assert handed_in(truth).files == handed_in(truth).files
