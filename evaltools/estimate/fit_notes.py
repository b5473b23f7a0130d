"""What a reader of a fitted model should be warned of, in the same words for every model of times."""

from __future__ import annotations

from evaltools.estimate.design import Design

__all__ = ["FEW_CLUSTERS", "FEW_EVENTS", "fit_note", "lacking_note"]

FEW_CLUSTERS = 30
"""Clusters below which errors that are robust by cluster tend to be too small."""
FEW_EVENTS = 10
"""Events for each coefficient below which estimates and intervals are poor."""


def fit_note(design: Design, events: int, clusters: int | None = None, also: str = "") -> str:
    """Warn of few events for each coefficient, few clusters and rows set aside; empty when there is nothing to say.

    design: covariates. events: how many there are. clusters: how many, None without. also: what else is to be said, last.
    """
    said, terms = [], len(design.terms)
    if events < FEW_EVENTS * terms:
        said.append(f"fewer than {FEW_EVENTS} events for each coefficient ({events} for {terms})")
    if clusters is not None and clusters < FEW_CLUSTERS:
        said.append(f"fewer than {FEW_CLUSTERS} clusters ({clusters}): robust errors tend to be too small")
    return "; ".join(filter(None, [*said, lacking_note(design), also]))


def lacking_note(design: Design) -> str:
    """Say how many rows were set aside for a missing covariate; empty when there are none."""
    return f"{design.n_missing} rows without every covariate were set aside" if design.n_missing else ""
