"""Read YAML strictly: a key that stands twice is a fault, and nothing but plain values is made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from evaltools.errors import EvaltoolsError, Problem

__all__ = ["read_yaml"]


class _UniqueKeys(yaml.SafeLoader):
    """YAML in which a key that stands twice is a fault, and nothing but text, numbers, dates and booleans is made."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=deep) for key, _ in node.value]
        twice = sorted({str(key) for key in keys if keys.count(key) > 1})
        if twice:
            raise yaml.constructor.ConstructorError(None, None, f"the key '{twice[0]}' stands twice", node.start_mark)
        return super().construct_mapping(node, deep=deep)


def read_yaml(path: Path, error: type[EvaltoolsError], code: str) -> Any:
    """Read one YAML file; raises `error` with `code` and the line when it cannot be read."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_UniqueKeys)
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        where = getattr(fault, "problem_mark", None)
        place = f"{path.parent.name}/{path.name}" + (f", line {where.line + 1}" if where else "")
        undecoded = isinstance(fault, UnicodeDecodeError)
        other = "it is not UTF-8 text" if undecoded else "it holds a character that YAML does not allow"
        what = getattr(fault, "problem", None) or other
        raise error(Problem(code, "this file cannot be read as YAML", place, str(what), "correct the line named")) from None
