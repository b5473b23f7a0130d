from __future__ import annotations

from collections.abc import Callable

import pytest

Evaltools = Callable[..., int]


def test_the_dictionary_is_printed(evaltools: Evaltools, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaltools("dictionary") == 0
    assert capsys.readouterr().out.startswith("# Data dictionary")
    assert evaltools("dictionary", "--to", "docx") == 2
