from __future__ import annotations

from evaltools.synthetic.delivery import Delivery, Refusal, plan_of, without_jobs
from evaltools.synthetic.programme import Programme
from evaltools.synthetic.provider_sheet import Line, ProviderSheet


def test_read_refused_and_unused_parts_are_all_accounted_for(sheet: ProviderSheet) -> None:
    refused = (Refusal("b.xlsx", "password"),)
    delivery = Delivery(plan_of("wexcombe"), {}, "", (sheet,), refused, (("file.xlsx", "Lists"),))
    assert [(a["site"], a["file"], a["sheet"], a["status"]) for a in delivery.accounting()] == [
        ("wexcombe", "file.xlsx", "People", "read"),
        ("wexcombe", "b.xlsx", "", "refused"),
        ("wexcombe", "file.xlsx", "Lists", "not used"),
    ]


def test_people_without_jobs_are_told_from_those_with(truth: Programme) -> None:
    free = without_jobs(truth)
    worker = truth.jobs["participant_id"].iloc[0]
    idle = next(person for person in truth.participants["participant_id"] if person not in set(truth.jobs["participant_id"]))
    assert (free(Line("kept", [], (worker, 0))), free(Line("kept", [], (idle, 0)))) == (False, True)
