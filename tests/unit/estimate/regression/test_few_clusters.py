from __future__ import annotations

import pytest

from evaltools.errors import EstimateError
from evaltools.estimate.regression.few_clusters import cluster_inference, refuse_few_clusters


@pytest.mark.parametrize("clusters", [1, 2, 5])
def test_below_six_it_is_refused_in_words(clusters):
    with pytest.raises(EstimateError, match="site-level inference is not available"):
        refuse_few_clusters(clusters, "site")


def test_six_may_be_used_with_care():
    refuse_few_clusters(6, "site")
    assert "few clusters" in cluster_inference(6, "site")
    assert cluster_inference(39, "site")
    assert not cluster_inference(40, "site")
