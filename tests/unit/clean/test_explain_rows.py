from __future__ import annotations

from collections.abc import Callable

from evaltools.domain.harmonised import Harmonised


def test_a_merged_row_says_where_its_original_stands(run: Callable[..., Harmonised], people_layout: dict) -> None:
    done = run(
        {
            "clients_1.csv": "Client ID,Sex,Referred\nA1,F,01/02/2020\n",
            "clients_2.csv": "Client ID,Sex,Referred\nA2,M,01/02/2020\nA1,F,01/02/2020\nA1,f,01/02/2020\n",
        },
        people_layout,
    )
    merges = done.ledger[done.ledger["rule"] == "merge"]
    assert merges[["file", "cells", "new"]].to_numpy().tolist() == [
        ["clients_2.csv", "A3", "row 2 of clients_1.csv"],
        ["clients_2.csv", "A4", "row 2 of clients_1.csv"],
    ]
    finding = done.findings[done.findings["code"] == "D112"].iloc[0]
    assert (finding["cells"], finding["count"]) == ("A3, A4", 2)


def test_a_missing_entry_names_its_cell(run: Callable[..., Harmonised], people_layout: dict) -> None:
    done = run({"clients.csv": "Client ID,Sex,Referred\nA1,F,\n,F,01/02/2020\n"}, people_layout)
    rows = done.quarantine[["level", "code", "row", "cell", "column", "raw"]].to_numpy().tolist()
    assert rows == [["row", "D110", 2, "C2", "Referred", ""], ["row", "D110", 3, "A3", "Client ID", ""]]
    assert sorted(done.findings["cells"]) == ["A3", "C2"]
