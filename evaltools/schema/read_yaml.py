"""Read YAML strictly: a key that stands twice is a fault, and nothing but plain values is made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from evaltools.errors import EvaltoolsError, Problem

__all__ = ["read_yaml"]

_LARGEST_EXPANDED = 50_000  # nodes, with every alias written out


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
        text = path.read_text(encoding="utf-8")
    except OSError:
        place = f"{path.parent.name}/{path.name}"
        raise error(Problem(code, "this file cannot be opened", place, fix="put a text file there, not a folder")) from None
    except UnicodeDecodeError as fault:
        raise _unread(path, error, code, fault) from None
    try:
        return _load(text)
    except (yaml.YAMLError, RecursionError, ValueError) as fault:
        raise _unread(path, error, code, fault) from None


def _load(text: str) -> Any:
    loader = _UniqueKeys(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        if _expanded(node, {}) > _LARGEST_EXPANDED:
            raise yaml.YAMLError
        return loader.construct_document(node)
    finally:
        loader.dispose()


def _expanded(node: yaml.Node, sizes: dict[int, int]) -> int:
    """Count the nodes when every alias is written out; a node that holds itself has no end."""
    if id(node) in sizes:
        return sizes[id(node)]
    sizes[id(node)] = _LARGEST_EXPANDED + 1  # until it is known
    inner = [part for pair in node.value for part in pair] if isinstance(node, yaml.MappingNode) else node.value
    size = 1 + (sum(_expanded(part, sizes) for part in inner) if isinstance(inner, list) else 0)
    sizes[id(node)] = size
    return size


def _unread(path: Path, error: type[EvaltoolsError], code: str, fault: Exception) -> EvaltoolsError:
    where = getattr(fault, "problem_mark", None)
    place = f"{path.parent.name}/{path.name}" + (f", line {where.line + 1}" if where else "")
    what = getattr(fault, "problem", None) or _other(fault)
    return error(Problem(code, "this file cannot be read as YAML", place, str(what), "correct the line named"))


def _other(fault: Exception) -> str:
    if isinstance(fault, UnicodeDecodeError):
        return "it is not UTF-8 text"
    if isinstance(fault, RecursionError):
        return "it is nested far too deeply"
    if isinstance(fault, ValueError):
        return f"it holds a value that does not exist, such as the 30th of February ({fault})"
    if type(fault) is yaml.YAMLError:
        return f"with its aliases written out it has more than {_LARGEST_EXPANDED:,} entries"
    return "it holds a character that YAML does not allow"
