from __future__ import annotations

from evaltools.clean.explain_findings import explain_findings
from evaltools.clean.issues import Flag, Spot
from evaltools.domain.harmonised import FINDINGS
from evaltools.schema.table import Schema

SEX, CLIENTS = Spot("camden", "a.xlsx", "Clients", 2, "Sex"), Spot("camden", "a.xlsx", "Clients")


def test_one_finding_for_each_code_and_column_the_gravest_first(schema: Schema) -> None:
    flags = [
        Flag("D117", SEX, (4,), 1),
        Flag("D107", SEX, (9,), 1, "'X'"),
        Flag("D107", SEX, (2, 5), 2, "'Fem'"),
        Flag("D112", CLIENTS, (7,), 1),
        Flag("D116", CLIENTS, (), 1, "hidden: row 3"),
    ]
    findings = explain_findings(flags, schema)
    assert list(findings.columns) == list(FINDINGS)
    assert findings["code"].tolist() == ["D107", "D116", "D117", "D112"]
    first = findings.iloc[0]
    assert (first["cells"], first["count"], first["detail"]) == ("C2, C5, C9", 3, "'X'; 'Fem'")
    assert first["what"] == "a code is not known, in column 'Sex' (3 cells)"
    assert first["fix"] == schema.checks["D107"].fix
    assert findings.loc[3, "what"] == "a row stands twice (1 row)"
    assert findings.loc[1, ["cells", "what"]].tolist() == ["", "hidden rows, columns or sheets were read"]
    assert findings.loc[3, "detail"] == schema.checks["D112"].meaning


def test_many_details_are_cut(schema: Schema) -> None:
    flags = [Flag("D107", SEX, (row,), 1, f"'{letter}'") for row, letter in enumerate("abcdefgh", 2)]
    assert explain_findings(flags, schema)["detail"].item() == "'a'; 'b'; 'c'; 'd'; 'e'; 'f' and 2 more"


def test_nothing_to_say(schema: Schema) -> None:
    assert explain_findings([], schema).empty
