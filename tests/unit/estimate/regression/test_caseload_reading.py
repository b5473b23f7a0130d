from __future__ import annotations

from evaltools.estimate.regression.caseload_reading import caseload_reading
from evaltools.estimate.regression.mundlak import mundlak_contrast


def contrast_of(months):
    return mundlak_contrast(months, "starts ~ caseload", "caseload", "specialist", exposure="client_months")


def test_nothing_is_refused_without_a_reason(months):
    contrast = contrast_of(months)
    assert contrast.contrasts["p"].iloc[2] > 0.05
    assert caseload_reading(contrast, 0, 0) == ()
    assert caseload_reading(None, 0, 0) == ()


def test_every_reason_is_given(months):
    better = months.assign(caseload=months["caseload"] + 8 * (months["specialist"] % 3))
    better["starts"] = better["starts"] * (1 + months["specialist"] % 3)
    said = caseload_reading(contrast_of(better), 4, 2)
    assert len(said) == 3
    assert all(each.startswith("The association with caseload is not read") for each in said)
