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


def test_what_a_cell_lacks_is_said_once(run: Callable[..., Harmonised], people_layout: dict) -> None:
    text = "Client ID,Sex,Referred\nA1,F,31/02/2020\nA2,F,\nA3,F,01/02/2020\n"
    done = run({"clients.csv": text}, people_layout)
    found = done.findings.set_index("code")["cells"].to_dict()
    assert (found["D102"], found["D110"]) == ("C2", "C3")
    rows = done.quarantine[done.quarantine["level"] == "row"]
    assert rows[["row", "code"]].to_numpy().tolist() == [[2, "D110"], [3, "D110"]]


def test_rows_that_are_copies_while_their_record_stays_are_ledgered_by_part(
    run: Callable[..., Harmonised], people_layout: dict
) -> None:
    text = "Client ID,Sex,Referred\nA1,F,01/02/2020\nA1,F,01/05/2020\n"
    done = run({"clients.csv": text}, people_layout)
    merged = done.ledger[done.ledger["rule"] == "merge rows"]
    assert merged[["cells", "count", "table", "part"]].to_numpy().tolist() == [["A3", 1, "participants", 0]]
    assert done.accounting["kept"].tolist() == [2]
