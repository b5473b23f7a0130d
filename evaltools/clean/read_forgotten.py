"""Read and write who has withdrawn: decisions/forgotten.csv, which holds pseudonyms and nothing else."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from pathlib import Path

from evaltools.errors import Problem, StudyError

__all__ = ["FORGOTTEN", "add_forgotten", "read_forgotten"]

FORGOTTEN = "forgotten.csv"
_HEADER = "pseudonym"
_PSEUDONYM = re.compile(r"P[0-9a-f]{16}")


def read_forgotten(decisions: Path) -> frozenset[str]:
    """Give the pseudonyms of people who have withdrawn. decisions: the study's folder of that name; it may be missing.

    Raises StudyError (S121) for a line that is no pseudonym: a person who withdrew would silently come back.
    """
    path = decisions / FORGOTTEN
    if not path.is_file():
        return frozenset()
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    held = [(number, row[0].strip()) for number, row in enumerate(rows, 1) if row and row[0].strip()]
    wrong = [number for number, text in held[1:] if not _PSEUDONYM.fullmatch(text)]
    if wrong or (held and held[0][1] != _HEADER):
        place = f"{decisions.name}/{FORGOTTEN}, line {wrong[0] if wrong else 1}"
        what = "this file holds the heading 'pseudonym' and one pseudonym a line (P and 16 hexadecimal digits)"
        raise StudyError(Problem("S121", what, place, fix="let 'evaltools forget' write it; never enter a name or number"))
    return frozenset(text for _, text in held[1:])


def add_forgotten(decisions: Path, pseudonyms: Iterable[str]) -> Path:
    """Add pseudonyms to the file, each once and in order. Writes nothing where all are there already."""
    known = read_forgotten(decisions)
    every = known | set(pseudonyms)
    path = decisions / FORGOTTEN
    if every != known or not path.is_file():
        decisions.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.new")
        temporary.write_text("\n".join([_HEADER, *sorted(every)]) + "\n", encoding="utf-8")
        temporary.chmod(0o600)
        temporary.replace(path)
    return path
