"""The study file: one evaluation's settings, read once and never changed. Only here is the environment asked anything."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd
from pydantic import ValidationError

from evaltools.errors import Problem, StudyError, UsageError
from evaltools.schema.explain_validation import validation_problems
from evaltools.schema.study_file import StudyFile
from evaltools.schema.table import Table

__all__ = ["Study", "find_studies", "pseudonym_key", "read_study"]

KEY_VARIABLE = "EVALTOOLS_KEY_FILE"


class Study(StudyFile):
    """One evaluation. folder: where its study.toml lies; root: where build/ and reports/ go."""

    folder: Path
    root: Path

    @property
    def cuts(self) -> dict[str, date]:
        """Last day of follow-up of each site: its own data cut, else its closing day, else the study's data cut."""
        last = self.study.data_cut
        return {site.id: min(last, site.data_cut or site.closes or last) for site in self.sites}

    def site_table(self, table: Table) -> pd.DataFrame | None:
        """Give the study file's sites as the canonical table; None where it names none and the data hold them."""
        if not self.sites:
            return None
        rows = [
            {
                "site_id": site.id,
                "name": site.name,
                "provider_id": site.provider,
                "commissioner_id": site.commissioner,
                "opens": site.opens and f"{site.opens:%Y-%m}",
                "closes": site.closes and f"{site.closes:%Y-%m}",
            }
            for site in self.sites
        ]
        return pd.DataFrame(rows).reindex(columns=list(table.fields)).astype(table.types())

    @property
    def build(self) -> Path:
        """Folder of the stages; never committed."""
        return self.root / "build" / self.folder.name

    @property
    def raw(self) -> Path:
        """Folder of the provider files."""
        return self.folder / "raw"


def _studies_folder(start: Path) -> Path | None:
    for folder in [start, *start.parents]:
        if (folder / "analyses" / "studies").is_dir():
            return folder / "analyses" / "studies"
    return None


def find_studies(start: Path) -> list[Path]:
    """List the study folders that belong to a place: itself if it is one, else those under analyses/studies."""
    if (start / "study.toml").is_file():
        return [start]
    shelf = _studies_folder(start)
    return sorted(path.parent for path in shelf.glob("*/study.toml")) if shelf else []


def _locate(name: str, start: Path) -> Path:
    shelf = _studies_folder(start)
    for folder in [Path(name).expanduser(), shelf / name if shelf else None]:
        if folder and (folder / "study.toml").is_file():
            return folder.resolve()
    known = [path.name for path in find_studies(start)]
    guess = difflib.get_close_matches(name, known, 1)
    fix = f"did you mean '{guess[0]}'?" if guess else f"studies here are: {', '.join(known) or 'none'}; or give a folder"
    raise UsageError(Problem("U101", f"there is no study called '{name}'", "analyses/studies", fix=fix))


def read_study(name: str | Path, start: Path | None = None) -> Study:
    """Read a study by its name under analyses/studies, or by the path of its folder.

    Raises UsageError when there is none and StudyError (exit code 10) with every fault of the file at once.
    """
    folder = _locate(str(name), start or Path.cwd())
    path = folder / "study.toml"
    place = f"{folder.name}/study.toml"
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise StudyError(
            Problem("S102", "the study file cannot be read as TOML", place, str(fault), "correct that line")
        ) from None
    root = folder.parents[2] if folder.parent.name == "studies" and folder.parent.parent.name == "analyses" else folder
    try:
        study = Study.model_validate({**_no_reserved(raw, place), "folder": folder, "root": root})
    except ValidationError as fault:
        raise StudyError(*validation_problems(fault, "S101", place, StudyFile)) from None
    twice = sorted({site.id for site in study.sites if [other.id for other in study.sites].count(site.id) > 1})
    if twice:
        raise StudyError(Problem("S103", f"the site '{twice[0]}' stands twice", place, fix="give each site its own id"))
    return study


def _no_reserved(raw: Mapping[str, object], place: str) -> Mapping[str, object]:
    for key in ("folder", "root"):
        if key in raw:
            raise StudyError(Problem("S101", f"unknown key '{key}'", place, fix="remove it"))
    return raw


def pseudonym_key(study: Study) -> bytes:
    """Give the secret that makes pseudonyms.

    The shipped studies declare a public one; a study of real people needs a file named by EVALTOOLS_KEY_FILE, outside the
    repository. Raises StudyError (exit code 10) with the remedy.
    """
    if study.study.public_key:
        return study.study.public_key.encode()
    named = os.environ.get(KEY_VARIABLE, "")
    remedy = (
        f'make a key once with: python -c "import secrets; print(secrets.token_hex(32))" > KEY_FILE, keep it outside the '
        f"repository, readable by you alone, and set {KEY_VARIABLE} to its path"
    )
    place = f"{study.folder.name}/study.toml"
    if not named or not Path(named).is_file():
        what = f"this study needs a key for its pseudonyms and {KEY_VARIABLE} names no file"
        raise StudyError(Problem("S104", what, place, fix=remedy))
    path = Path(named).resolve()
    if path.is_relative_to(study.root.resolve()):
        raise StudyError(Problem("S104", "the key for pseudonyms lies inside the repository", place, fix=remedy))
    key = path.read_bytes().strip()
    if len(key) < 32:
        raise StudyError(Problem("S104", "the key for pseudonyms is shorter than 32 characters", place, fix=remedy))
    return key
