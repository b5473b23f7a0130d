from __future__ import annotations

import pandas as pd

from evaltools.clean.faults import FAULTS, faults_of, no_faults


def test_faults_have_fixed_columns() -> None:
    rows = pd.DataFrame({"_source": [4, 9], "_part": [0, 1], "main": [True, False], "x": [1, 2]})
    faults = faults_of(rows, "jobs", "D110", ["start_date", ""], "why")
    assert list(faults.columns) == list(no_faults().columns) == list(FAULTS)
    assert faults.dtypes.equals(no_faults().dtypes)
    assert faults["field"].tolist() == ["start_date", ""]
