"""Make a study of published totals from a dump of the INDIGO Impact Bond Dataset, in the dump's own layout."""

from __future__ import annotations

import calendar
import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from evaltools.errors import Problem, UsageError
from evaltools.verbs.indigo_words import cohort_of, measure_of, site_id_of

__all__ = ["indigo_study"]

Row = dict[str, str]
_TABLES = {
    "projects": "projects",
    "metrics": "projects_outcome_metrics",
    "results": "projects_results",
    "payments": "projects_outcome_payments",
    "commitments": "projects_outcome_payment_commitments",
}
_VALUE = " - (Value)"
_OUTCOMES = (
    ("job_start", "started a job", ("job_starts",), ("engaged",), "people engaged"),
    ("sustained_13", "kept a job for 13 weeks", ("sustained_13_under_16", "sustained_13_over_16"), ("job_starts",),
     "people who started a job"),
    ("sustained_13", "kept a job for 13 weeks", ("sustained_13",), ("job_starts",), "people who started a job"),
)  # fmt: skip
_TARGET = "Published target"


def indigo_study(dump: Path, projects: Sequence[str], study: str = "indigo") -> dict[str, bytes]:
    """Make the files of a study of totals.

    Parameters
    ----------
    dump : pathlib.Path
        Folder with projects.csv, projects_outcome_metrics.csv, projects_results.csv and the payment files, as published.
    projects : sequence of str
        Ids in the dump, each a site of the study, for example 'INDIGO-POJ-0188'.
    study : str
        Id of the study.

    Returns
    -------
    dict of str to bytes
        study.toml, sites/*.yaml and raw/*.csv by path. UsageError U150 when the folder is no such dump, U151 for an unknown
        project, U152 when none of the projects has results. Figures are copied as they stand, contradictions too.
    """
    tables = {name: _read(dump, file) for name, file in _TABLES.items()}
    known = {row["ID"]: row for row in tables["projects"]}
    wanted = list(dict.fromkeys(projects))
    unknown = [project for project in wanted if project not in known]
    if unknown or not wanted:
        what = f"the dump holds no project '{unknown[0]}'" if unknown else "no project was named"
        raise UsageError(Problem("U151", what, str(dump), fix=f"use one of: {', '.join(sorted(known))}"))
    rows = {name: [row for row in held if row.get("Project ID") in wanted] for name, held in tables.items()}
    words = {(row["Project ID"], row["Id"]): row["Outcome Definition - (Value)"].strip() for row in rows["metrics"]}
    achieved = _achieved(rows["results"], words, known, wanted)
    if not any(row["Achieved"] and row["Metric"] != "Project field" for row in achieved):
        fix = "choose a project with results; its targets and payments alone make no study"
        raise UsageError(Problem("U152", f"the dump holds no results of {', '.join(wanted)}", str(dump), fix=fix))
    parts = {
        "achieved": achieved,
        "targets": _targets(rows["metrics"], known),
        "payments": _payments(rows["payments"], rows["commitments"], known),
        "projects": [_project(known[project]) for project in wanted],
    }
    made = {f"raw/{name}.csv": _csv(part) for name, part in parts.items() if part}
    layouts = {f"sites/{name}.yaml": _layout(name, part, wanted) for name, part in parts.items() if part}
    toml = _toml(study, parts, [known[project] for project in wanted], wanted)
    return {"study.toml": toml.encode(), **{path: text.encode() for path, text in layouts.items()}, **made}


def _read(dump: Path, file: str) -> list[Row]:
    path = dump / f"{file}.csv"
    if not path.is_file():
        fix = f"name the folder of the dump, which holds {', '.join(f'{name}.csv' for name in _TABLES.values())}"
        raise UsageError(Problem("U150", f"there is no {file}.csv in the folder", str(dump), fix=fix))
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    return [{key: (value or "").strip() for key, value in row.items() if key} for row in csv.DictReader(io.StringIO(text))]


def _name(row: Row) -> str:
    return row.get(f"Impact Bond Name{_VALUE}", "") or row["ID"]


def _achieved(
    results: Sequence[Row], words: Mapping[tuple[str, str], str], known: Mapping[str, Row], wanted: Sequence[str]
) -> list[Row]:
    made = [
        {
            "Project ID": row["Project ID"],
            "Project": _name(known[row["Project ID"]]),
            "Metric": row["Outcome Metric Id - (Value)"],
            "Measure": words.get(
                (row["Project ID"], row["Outcome Metric Id - (Value)"]), row["Outcome Metric Id - (Value)"]
            ),
            "Achieved": row["Outcomes achieved - (Value)"],
            "Period start": row["Period - Start - (Value)"],
            "Period end": row["Period - End - (Value)"],
            "Result": row["Result type - (Value)"],
        }
        for row in results
    ]
    spans = {row["Project ID"]: (row["Period start"], row["Period end"]) for row in made}
    fields = (("Targeted", "Service users targeted"), ("Actual", "Service users engaged"))
    for project in wanted:
        for kind, label in fields:
            number = "number of unique service users or beneficiaries"
            middle = f"{number} (total)" if kind == "Targeted" else f"{number} engaged (total)"
            value = known[project].get(f"Service and beneficiaries - {kind} {middle}{_VALUE}", "")
            if value and project in spans:
                start, end = spans[project]
                made.append(
                    {"Project ID": project, "Project": _name(known[project]), "Metric": "Project field", "Measure": label,
                     "Achieved": value, "Period start": start, "Period end": end, "Result": ""}
                )  # fmt: skip
    return made


def _targets(metrics: Sequence[Row], known: Mapping[str, Row]) -> list[Row]:
    column = "Targeted number of service users Or beneficiaries (total) - (Value)"
    return [
        {
            "Project ID": row["Project ID"],
            "Project": _name(known[row["Project ID"]]),
            "Metric": row["Id"],
            "Measure": row["Outcome Definition - (Value)"],
            "Scenario": _TARGET,
            "Target": row[column],
        }
        for row in metrics
        if row[column]
    ]


def _payments(payments: Sequence[Row], commitments: Sequence[Row], known: Mapping[str, Row]) -> list[Row]:
    made: list[Row] = []
    lines: dict[tuple[str, ...], int] = {}

    def add(project: str, kind: str, payer: str, start: str, end: str, amount: str) -> None:
        key = (project, kind, payer, start)
        lines[key] = lines.get(key, 0) + 1
        made.append(
            {"Project ID": project, "Project": _name(known[project]), "Type": kind, "Payer": payer, "Period start": start,
             "Period end": end, "Line": str(lines[key]), "Amount (GBP)": amount}
        )  # fmt: skip

    for row in commitments:
        amount = row["Maximum potential Outcome payment - Amount - (Value)"]
        add(row["Project ID"], "Commitment", row["Organisation ID - (Value)"], "", "", amount)
    for row in payments:
        if row["Type - (Value)"] == "Actual":
            covid = "covid" in row.get("Notes", "").lower()
            add(
                row["Project ID"],
                "Actual, covid claim" if covid else "Actual",
                row["Payer Organisation ID - (Value)"],
                row["Period - Start - (Value)"],
                row["Period - End - (Value)"],
                row["Payments - Amount - (Value)"],
            )
    return made


def _project(row: Row) -> Row:
    dates = "Dates - {} of service provision - (Value)"
    population = row.get("Service and beneficiaries - Target population - (Value)", "")
    return {
        "Project ID": row["ID"],
        "Project": _name(row),
        "Target population": population,
        "Start of service": row.get(dates.format("Start date"), ""),
        "End of service": row.get(dates.format("Actual end date"), "") or row.get(dates.format("Anticipated end date"), ""),
        "Duration (months)": row.get(dates.format("Actual duration"), "")
        or row.get(dates.format("Anticipated duration"), ""),
        "Maximum payment": row.get("Overall project finance - Maximum potential outcome payment - Amount - (Value)", ""),
    }


def _csv(rows: Sequence[Row]) -> bytes:
    target = io.StringIO()
    writer = csv.DictWriter(target, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue().encode()


def _layout(name: str, rows: Sequence[Row], wanted: Sequence[str]) -> str:
    from evaltools.verbs.indigo_layout import indigo_layout

    return indigo_layout(name, rows, {project: site_id_of(project) for project in wanted}, measure_of, cohort_of)


def _toml(study: str, parts: Mapping[str, Sequence[Row]], projects: Sequence[Row], wanted: Sequence[str]) -> str:
    from evaltools.verbs.indigo_layout import indigo_settings

    ends = sorted(row["Period end"] for row in parts["achieved"] if row["Period end"])
    year, month = (int(each) for each in ends[-1].split("-")[:2]) if ends else (2024, 12)
    cut = f"{year:04d}-{month:02d}-{calendar.monthrange(year, month)[1]:02d}"
    measures = {measure_of(row["Measure"]) for row in parts["achieved"] if row["Achieved"]}
    aims = {measure_of(row["Measure"]) for row in parts["targets"]}
    outcomes = [each for each in _OUTCOMES if set(each[2]) | set(each[3]) <= measures]
    title = _name(projects[0]) if len(projects) == 1 else f"{len(projects)} projects of the INDIGO dataset"
    facts = {"id": study, "title": title, "data_cut": cut, "projects": ", ".join(wanted)}
    return indigo_settings(facts, {key: json.dumps(value) for key, value in facts.items()}, outcomes, aims)
