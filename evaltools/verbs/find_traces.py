"""Look for words in every file under a folder: in bytes, in the cells of Parquet files, and inside zipped workbooks."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

__all__ = ["find_traces"]

_ZIPPED = b"PK\x03\x04"
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1252")


def find_traces(folder: Path, words: Sequence[str]) -> list[str]:
    """Give the files under a folder that hold any of the words, as paths from there, hidden files too.

    A word counts where it stands by itself: '0012' is not found in '50012'. Parquet files are decoded (their bytes are
    compressed) and searched column by column and in their metadata; zipped files (XLSX, ODS) are searched part by part.
    Bytes are searched in UTF-8, UTF-16 and cp1252. A file that cannot be opened counts as a trace, for nobody can say what
    it holds.
    """
    held = sorted(path for path in folder.rglob("*") if path.is_file())
    return [path.relative_to(folder).as_posix() for path in held if _holds(path, words)]


def _holds(path: Path, words: Sequence[str]) -> bool:
    try:
        if path.suffix == ".parquet" and _in_parquet(path, words):
            return True
        content = path.read_bytes()
        return any(_in_bytes(part, words) for part in _parts(content))
    except (OSError, pa.ArrowException, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return True


def _parts(content: bytes) -> Iterator[bytes]:
    yield content
    if content.startswith(_ZIPPED):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield from _parts(archive.read(name))


def _in_bytes(content: bytes, words: Sequence[str]) -> bool:
    return any(
        re.search(rb"(?<![0-9A-Za-z])" + re.escape(form) + rb"(?![0-9A-Za-z])", content)
        for word in words
        for form in {word.encode(name, "ignore") for name in _ENCODINGS}
        if form
    )


def _in_parquet(path: Path, words: Sequence[str]) -> bool:
    table = pq.read_table(path)
    if table.schema.metadata and _in_bytes(b" ".join(table.schema.metadata.values()), words):
        return True
    pattern = "|".join(rf"(?:^|[^0-9A-Za-z]){re.escape(word)}(?:$|[^0-9A-Za-z])" for word in words)
    return any(_in_column(column, pattern) for column in table.columns)


def _in_column(column: pa.ChunkedArray, pattern: str) -> bool:
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_integer(kind)):
        return False
    texts = pc.unique(column).cast(pa.string())
    return bool(pc.any(pc.match_substring_regex(texts, pattern), min_count=0).as_py())
