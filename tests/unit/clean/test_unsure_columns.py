from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaltools.clean.unsure_columns import THRESHOLDS, Match, says_too_little, sureness

JUDGED = """
  similarity | fit  | lead | other                | sureness
  1.00       | 1.00 | 0.10 |                      | certain
  1.00       | 0.80 | 0.20 |                      | likely
  1.00       | 0.30 | 0.50 |                      | unsure
  1.00       | 0.50 | 0.50 | coded                | likely
  1.00       | 1.00 | 0.50 | vague                | unsure
  1.00       | 1.00 | 0.00 | names=2              | unsure
  1.00       | 1.00 | 0.20 | names=2              | likely
  0.96       | 1.00 | 0.20 |                      | likely
  0.90       | 0.80 | 0.50 |                      | unsure
  0.90       | 1.00 | 0.05 |                      | unsure
  0.80       | 1.00 | 0.50 |                      | unsure
  1.00       | 0.00 | 0.50 | empty                | likely
  0.90       | 0.00 | 0.50 | empty                | unsure
"""


@pytest.mark.parametrize("line", JUDGED.strip().splitlines()[1:])
def test_what_needs_no_question(line: str) -> None:
    near, fit, lead, other, sure = (part.strip() for part in line.split("|"))
    settings = {"names": 2} if other == "names=2" else {other: True} if other else {}
    assert sureness(Match(float(near), float(fit), float(lead), **settings)) == sure  # type: ignore[arg-type]


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_a_worse_fit_never_makes_it_surer(near: float, fit: float, lead: float) -> None:
    order = ["unsure", "likely", "certain"]
    better = sureness(Match(near, fit, lead))
    assert order.index(sureness(Match(near, fit / 2, lead))) <= order.index(better)


def test_generic_headers_say_too_little() -> None:
    assert says_too_little("Start date")
    assert says_too_little("Age")
    assert not says_too_little("Age", ["age"])
    assert not says_too_little("Referral date")
    assert THRESHOLDS.fits_coded < THRESHOLDS.fits_named < THRESHOLDS.fits
