from __future__ import annotations

import yaml

from evaltools.schema.layout import Layout
from evaltools.synthetic.delivery import Delivery
from evaltools.synthetic.journal import Journal
from evaltools.synthetic.programme import Programme
from evaltools.synthetic.site_wexcombe import wexcombe


def handed_in(truth: Programme) -> Delivery:
    return wexcombe(truth, Journal())


def test_the_layout_is_valid_and_every_record_has_a_line(truth: Programme) -> None:
    delivery = handed_in(truth)
    assert Layout.model_validate(yaml.safe_load(delivery.layout)).site == "wexcombe"
    assert len(delivery.files) == 3
    people = {line.key[0] for sheet in delivery.sheets for line in sheet.lines if line.key[0]}
    assert people == set(truth.participants.loc[truth.participants["site_id"] == "wexcombe", "participant_id"])


def test_a_new_workbook_goes_by_the_name_of_an_old_one_and_two_jobs_are_enough(truth: Programme) -> None:
    files = handed_in(truth).files
    assert files["wexcombe_IPS_tracker_late.xls"].startswith(b"PK")
    assert (truth.jobs.loc[truth.jobs["site_id"] == "wexcombe", "job_number"] <= 2).all()


def test_the_same_programme_gives_the_same_files(truth: Programme) -> None:
    assert handed_in(truth).files == handed_in(truth).files
