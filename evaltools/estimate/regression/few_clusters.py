"""When there are too few clusters (sites, specialists) to say how far an estimate would move with others in their place."""

from __future__ import annotations

from evaltools.errors import EstimateError, Problem

__all__ = ["FEWEST_CLUSTERS", "MANY_CLUSTERS", "cluster_inference", "refuse_few_clusters"]

FEWEST_CLUSTERS = 6
"""With five clusters the smallest two-sided p of a sign-flip test is 2/32 = 0.0625: nothing can be said at 5%."""
MANY_CLUSTERS = 40
"""From here on the plain cluster-robust errors are good enough; below, CR2 with Satterthwaite degrees of freedom."""


def cluster_inference(clusters: int, name: str) -> str:
    """Say in words what so many clusters allow; empty when there are enough.

    Parameters
    ----------
    clusters : int
        Number of clusters with data.
    name : str
        Column of the clusters.

    References
    ----------
    Cameron, Gelbach and Miller (2008), Review of Economics and Statistics 90, 414-427; Webb (2023), Canadian Journal of
    Economics 56, 839-858.

    Examples
    --------
    >>> cluster_inference(3, "site")
    "site-level inference is not available: 3 clusters of 'site', at least 6 are needed"
    >>> cluster_inference(50, "specialist")
    ''
    """
    if clusters < FEWEST_CLUSTERS:
        return (
            f"{name}-level inference is not available: {clusters} cluster{'s' * (clusters != 1)} of '{name}', "
            f"at least {FEWEST_CLUSTERS} are needed"
        )
    if clusters < MANY_CLUSTERS:
        return f"few clusters ({clusters} of '{name}'): use CR2 with Satterthwaite degrees of freedom or a wild bootstrap"
    return ""


def refuse_few_clusters(clusters: int, name: str) -> None:
    """Raise EstimateError E206 when there are fewer than FEWEST_CLUSTERS."""
    if clusters < FEWEST_CLUSTERS:
        raise EstimateError(
            Problem(
                "E206",
                cluster_inference(clusters, name),
                fix="cluster by something finer, such as the specialist, or leave 'cluster' out and say that the errors "
                "hold for these clusters only",
            )
        )
