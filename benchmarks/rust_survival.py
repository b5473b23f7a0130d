"""The Rust package `survival`, whose name the script of this folder shares: found among installed packages only."""

from __future__ import annotations

import sys
from functools import cache
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from pathlib import Path
from typing import Any

__all__ = ["rust_survival"]


@cache
def rust_survival() -> Any:
    """Import and return the package."""
    here = Path(__file__).parent.resolve()
    spec = PathFinder.find_spec("survival", [entry for entry in sys.path if Path(entry or ".").resolve() != here])
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError("the package survival is not installed")
    sys.modules["survival"] = module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
