from __future__ import annotations

import numpy as np
import pytest

from evaltools.estimate.sites.site_spread import highest


def test_climbs_to_the_top_from_afar():
    at, top = highest(lambda x: (-float((x**4).sum()), -4 * x**3), [[3.0, 2.0]], 18.0)
    assert at == pytest.approx([0, 0], abs=0.02)
    assert top == pytest.approx(0, abs=1e-6)


def test_stops_at_the_edge_when_there_is_no_top():
    at, _ = highest(lambda x: (float(x[1] - x[0] ** 2), np.array([-2 * x[0], 1.0])), [[0.5, 1.0]], 18.0)
    assert at[1] == pytest.approx(18.0)
