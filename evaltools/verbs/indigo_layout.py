"""The layouts and the study file of a study that is made from the INDIGO dump."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence

import yaml

__all__ = ["indigo_layout", "indigo_settings"]

Row = dict[str, str]
_FIELDS = {"Service users targeted": "users_targeted", "Service users engaged": "users_engaged"}
_KINDS = {"Actual": "actual", "Actual, covid claim": "actual_covid", "Commitment": "commitment"}
_PLAIN = {
    "achieved": {"Achieved": "counts.count", "Period start": "counts.period_start", "Period end": "counts.period_end"},
    "targets": {"Target": "targets.target"},
    "payments": {
        "Payer": "payments.payer",
        "Period start": "payments.period_start",
        "Period end": "payments.period_end",
        "Line": "payments.line",
        "Amount (GBP)": "payments.amount",
    },
    "projects": {
        "Project": "sites.name",
        "Start of service": "sites.opens",
        "End of service": "sites.closes",
        "Duration (months)": "sites.months_stated",
        "Maximum payment": "sites.maximum_payment",
    },
}
_TABLE = {"achieved": "counts", "targets": "targets", "payments": "payments", "projects": "sites"}


def indigo_layout(
    name: str,
    rows: Sequence[Row],
    sites: Mapping[str, str],
    measure_of: Callable[[str], str],
    cohort_of: Callable[[str], str],
) -> str:
    """Return the layout of one raw file as YAML.

    Parameters
    ----------
    name : str
        'achieved', 'targets', 'payments' or 'projects'.
    rows : sequence of dict
        Of the raw file.
    sites : mapping of str to str
        Site id of each project.
    measure_of, cohort_of : callable
        From words to codes; words without a code are left to be asked about.

    Examples
    --------
    >>> text = indigo_layout("targets", [{"Project ID": "A", "Measure": "Job", "Scenario": "x", "Target": "3"}], {"A": "a"},
    ...                      lambda words: "job_starts", lambda words: "")
    >>> "targets.measure" in text
    True
    """
    table = _TABLE[name]
    columns: dict[str, object] = {"Project ID": {"field": f"{table}.site_id", "codes": dict(sites)}}
    if "Measure" in rows[0]:
        codes = {row["Measure"]: _FIELDS.get(row["Measure"]) or measure_of(row["Measure"]) for row in rows}
        columns["Measure"] = {"field": f"{table}.measure", "codes": {word: code for word, code in codes.items() if code}}
    if "Scenario" in rows[0]:
        columns["Scenario"] = {"field": "targets.scenario", "codes": {row["Scenario"]: "high" for row in rows}}
    if "Type" in rows[0]:
        columns["Type"] = {"field": "payments.kind", "codes": {row["Type"]: _KINDS[row["Type"]] for row in rows}}
    if "Target population" in rows[0]:
        codes = {row["Target population"]: cohort_of(row["Target population"]) for row in rows if row["Target population"]}
        told = {word: code for word, code in codes.items() if code}
        if told:
            columns["Target population"] = {"field": "sites.cohort", "codes": told}
    held = {column: field for column, field in _PLAIN[name].items() if any(row[column] for row in rows)}
    columns |= held
    ignored = [column for column in rows[0] if column not in columns]
    sheet: dict[str, object] = {"columns": columns} | ({"ignore": ignored} if ignored else {})
    layout = {"files": [f"{name}.csv"], "sheets": [sheet]}
    return yaml.safe_dump(layout, sort_keys=False, allow_unicode=True, width=120)


def indigo_settings(
    facts: Mapping[str, str],
    quoted: Mapping[str, str],
    outcomes: Sequence[tuple[str, str, tuple[str, ...], tuple[str, ...], str]],
    aims: Collection[str],
) -> str:
    """Return the study file.

    facts: id, title, data_cut (ISO) and projects, in words; quoted: the same as TOML strings. outcomes: id, label,
    numerator, denominator and its name, of those that the results can give. aims: measures with targets.
    """
    lines = [
        "[study]",
        f"id = {quoted['id']}",
        f"title = {quoted['title']}",
        'subtitle = "Published targets, achievements and outcome payments"',
        'kind = "counts"',
        f"data_cut = {facts['data_cut']}",
        'definitions = ["lcf_mhep"]',
        'public_key = "public on purpose: these are published totals, and no person is in them"',
        "sources = [",
        f"  {json.dumps('INDIGO Impact Bond Dataset v2, projects ' + facts['projects'] + ', Government Outcomes Lab')},",
        "]",
        "notes = [",
        '  "Figures are those of the dump, contradictions too: they are shown and not repaired.",',
        '  "The dump does not say of which case its targets are; they are taken as those of the high case.",',
        "]",
        "",
    ]
    for name, label, numerator, denominator, called in outcomes:
        lines += [
            "[[outcomes]]",
            f"id = {json.dumps(name)}",
            f"label = {json.dumps(label)}",
            f"numerator = {json.dumps(list(numerator))}",
            f"denominator = {json.dumps(list(denominator))}",
            f"denominator_name = {json.dumps(called)}",
            "",
        ]
    if {"engaged", "job_starts"} <= set(aims):
        lines += ["[[decomposition]]", 'measures = ["engaged", "job_starts"]', 'scenario = "high"', ""]
    kept = [each[2] for each in outcomes if each[0] == "sustained_13"]
    if kept and {"engaged", "job_starts", *kept[0]} <= set(aims):
        measures = '["engaged", "job_starts", "sustained_13"]'
        lines += ["[[decomposition]]", f"measures = {measures}", 'scenario = "high"', ""]
    lines += ["[release]", 'profile = "open"', "", "[report]", 'notebooks = ["overview"]', ""]
    return "\n".join(lines)
