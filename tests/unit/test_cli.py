from __future__ import annotations

from collections.abc import Callable

import pytest

Evaltools = Callable[..., int]


def test_a_misspelt_verb_is_guessed(evaltools: Evaltools, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaltools("prepair") == 2
    assert "prepare" in capsys.readouterr().err
