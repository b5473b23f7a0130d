from __future__ import annotations

import dataclasses

import pytest

from evaltools.domain.release import Meta, Release
from evaltools.domain.results import Results


def _meta(**changes: object) -> Meta:
    text = {field.name: field.name for field in dataclasses.fields(Meta) if field.default is dataclasses.MISSING}
    known = {"sites": {"north": "North"}, "definitions": {"bit_cbo": {"title": "BIT"}}, "synthetic": False}
    optional = ("outcomes", "groups")
    return Meta(**{**{name: value for name, value in text.items() if name not in optional}, **known, **changes})


def test_what_a_study_does_not_say_is_empty():
    meta = _meta()
    assert (meta.programme, meta.sources, meta.notes) == ("All sites", (), ())
    assert (dict(meta.outcomes), dict(meta.groups)) == ({}, {})
    assert meta.outcomes is not _meta().outcomes


def test_a_release_is_results_and_facts_and_cannot_be_changed():
    release = Release(Results(), _meta())
    assert release == dataclasses.replace(release)
    with pytest.raises(dataclasses.FrozenInstanceError):
        release.meta.synthetic = True  # type: ignore[misc]
