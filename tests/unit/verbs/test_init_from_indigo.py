from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import pytest

from evaltools.errors import UsageError
from evaltools.pipeline import release
from evaltools.store import open_release
from evaltools.study import read_study
from evaltools.verbs.init_from_indigo import indigo_study

FIELD = "Service and beneficiaries - {} number of unique service users or beneficiaries {}(total) - (Value)"
AMOUNT = "Overall project finance - Maximum potential outcome payment - Amount - (Value)"
START, END = (
    "Dates - Start date of service provision - (Value)",
    "Dates - Anticipated end date of service provision - (Value)",
)
COMMITTED = "Maximum potential Outcome payment - Amount - (Value)"
TABLES = {
    "projects": [
        {"ID": "X-1", "Impact Bond Name - (Value)": "North, first", START: "2020-04", END: "2024-04", AMOUNT: "5000",
         "Service and beneficiaries - Target population - (Value)": "People with severe mental illness",
         FIELD.format("Targeted", ""): "60", FIELD.format("Actual", "engaged "): "60"},
        {"ID": "X-2", "Impact Bond Name - (Value)": "South", START: "2020-04", END: "2024-04"},
        {"ID": "X-3", "Impact Bond Name - (Value)": "West", START: "2016-04"},
    ],
    "projects_outcome_metrics": [
        {"Project ID": project, "Id": f"outcomemetric{at}", "Outcome Definition - (Value)": words,
         "Targeted number of service users Or beneficiaries (total) - (Value)": target}
        for project in ("X-1", "X-2", "X-3")
        for at, words, target in ((1, "Engagement", "60"), (2, "Job start ", "30"), (3, "Job sustainment < 16 hours", ""),
                                  (4, "Job sustainment > 16 hours", ""))
    ],
    "projects_results": [
        {"Project ID": project, "Outcome Metric Id - (Value)": f"outcomemetric{at}", "Result type - (Value)": "Interim",
         "Period - Start - (Value)": "2020-04", "Period - End - (Value)": "2024-03", "Outcomes achieved - (Value)": str(n)}
        for project, counts in (("X-1", (50, 20, 4, 9)), ("X-2", (10, 12, 3, 2)))
        for at, n in enumerate(counts, start=1)
    ],
    "projects_outcome_payments": [
        {"Project ID": "X-1", "Type - (Value)": kind, "Payer Organisation ID - (Value)": "O-1",
         "Period - Start - (Value)": month, "Period - End - (Value)": month,
         "Payments - Amount - (Value)": amount, "Notes": note}
        for kind, month, amount, note in (("Actual", "2021-01", "3000", ""), ("Actual", "2021-01", "2500", "COVID claim"),
                                          ("Planned", "2021-01", "9999", ""))
    ],
    "projects_outcome_payment_commitments": [
        {"Project ID": "X-1", "Organisation ID - (Value)": "O-1", COMMITTED: "5000"}
    ],
}  # fmt: skip


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    folder = tmp_path / "dump"
    folder.mkdir()
    for name, rows in TABLES.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as target:
            writer = csv.DictWriter(target, list(rows[0]), restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def written(files: dict[str, bytes], folder: Path) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def test_the_study_runs_and_shows_contradictions_without_repair(dump: Path, tmp_path: Path) -> None:
    folder = written(indigo_study(dump, ["X-1", "X-2"], "two"), tmp_path / "two")
    study = read_study(folder)
    release(study)
    results = open_release(study.build / "3_released").results
    shares = results.estimates.query("outcome == 'job_start' and statistic == 'proportion' and group_by == 'site'")
    assert dict(zip(shares["group"], shares["value"], strict=True)) == {"x_1": 0.4, "x_2": 1.2}
    assert {"later_exceeds_earlier.job_start", "paid_exceeds_maximum"} <= set(results.checks["check_id"])
    paid = results.estimates.query("outcome == 'payments' and statistic == 'sum' and group == 'x_1'").set_index("term")[
        "value"
    ]
    assert (paid["paid"], paid["actual_covid"]) == (5500, 2500)


def test_settings_follow_the_results(dump: Path) -> None:
    read = tomllib.loads(indigo_study(dump, ["X-1"], "one")["study.toml"].decode())
    assert read["study"]["title"] == "North, first"
    assert read["study"]["data_cut"].isoformat() == "2024-03-31"
    assert [each["id"] for each in read["outcomes"]] == ["job_start", "sustained_13"]


@pytest.mark.parametrize(("projects", "code"), [(["X-9"], "U151"), ([], "U151"), (["X-3"], "U152")])
def test_projects_that_make_no_study(dump: Path, projects: list[str], code: str) -> None:
    with pytest.raises(UsageError, match=code):
        indigo_study(dump, projects)


def test_a_folder_that_is_no_dump(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="U150"):
        indigo_study(tmp_path, ["X-1"])
