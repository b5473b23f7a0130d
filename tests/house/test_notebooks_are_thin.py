from __future__ import annotations

import json
from pathlib import Path

import pytest
from house_rules import thin_notebooks


def test_notebooks_are_thin(project: Path) -> None:
    assert list((project / "analyses").glob("*.ipynb"))
    assert thin_notebooks(project) == []


def _notebook(source: str, outputs: list[object] | None = None, tag: str = "parameters") -> str:
    cell = {
        "cell_type": "code",
        "metadata": {"tags": [tag]},
        "source": [source],
        "outputs": outputs or [],
        "execution_count": None,
    }
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.mark.parametrize(
    "text",
    [
        _notebook("def f():\n    return 1"),
        _notebook("for x in []:\n    x"),
        _notebook("import pandas"),
        _notebook("x = 1\n" * 9),
        _notebook("x = 1", outputs=[{"output_type": "stream"}]),
        _notebook("x = 1", tag="other"),
    ],
)
def test_a_planted_notebook_is_found(planted: Path, text: str) -> None:
    (planted / "analyses" / "thin.ipynb").write_text(_notebook("from evaltools import run"))
    assert thin_notebooks(planted) == []
    (planted / "analyses" / "thin.ipynb").write_text(text)
    assert len(thin_notebooks(planted)) == 1
