"""What may be shared: released numbers, and the words that must travel with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from evaltools.domain.results import Results

__all__ = ["Meta", "Release"]


@dataclass(frozen=True)
class Meta:
    """Facts about a study that a report states beside its numbers. Holds no count that has not been released.

    kind: 'records' (people) or 'counts' (published totals). data_cut: ISO date, or words without dates. synthetic:
    made-up data, said on every page. sites: display name by site id, in the order of the study file. definitions:
    title, description and source by id, the headline definition first. profile: release profile id and its rule in
    words. fingerprint: keyed hash of the inputs. package, schema, lock: versions and hash for the provenance line.
    sources: citations of the data. notes: remarks of the study file, printed in 'About this report'. outcomes: for
    'counts', label by outcome id. checks: title and severity of each data check by code. fields: title by `<table>.<field>`.
    """

    study: str
    title: str
    subtitle: str
    kind: str
    synthetic: bool
    data_cut: str
    sites: Mapping[str, str]
    definitions: Mapping[str, Mapping[str, str]]
    profile: str
    rule: str
    fingerprint: str
    package: str
    schema: str
    lock: str
    programme: str = "All sites"
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    outcomes: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    checks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Release:
    """Everything that a report can see: released results and the study's facts."""

    results: Results
    meta: Meta
