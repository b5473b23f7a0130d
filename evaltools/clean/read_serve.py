"""The reader child: asked over its standard input for one workbook at a time, it answers with cells or a reason.

The answer is data only (JSON and integers, no pickled objects), so that even a reader that went wrong cannot make the
parent run anything. What the child may use is limited by the system where it can be (resource.setrlimit).
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import signal
import struct
import sys
from datetime import datetime
from typing import Any, BinaryIO

from evaltools.clean.read_cells import BookCells, ColumnCells, read_cells
from evaltools.clean.unreadable import Unreadable

__all__ = ["HEAD", "answer", "limit_child", "serve"]

HEAD = struct.Struct("<QQ")
"""Two lengths before each message: of its JSON, and of the bytes after that."""

TOO_MUCH = "it needs more memory than its reader may use; send its sheets as CSV files, or in several smaller workbooks"
_FILES = 64  # open at once: modules while they are loaded
_DIES_WITH_PARENT = 1  # prctl(2), PR_SET_PDEATHSIG


def serve(memory: int, parent: int) -> None:
    """Answer requests until the input ends. memory: bytes the process may use. parent: process id of the asker."""
    source, target = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - nothing else may be printed among the answers
    limit_child(memory, parent)
    while head := source.read(HEAD.size):
        length, size = HEAD.unpack(head)
        request = json.loads(_read(source, length))
        content = _read(source, size)
        _allow(request["seconds"])
        header, body = answer(request["kind"], content)
        target.write(HEAD.pack(len(header), len(body)) + header)
        target.write(body)
        target.flush()
        del content, header, body
        _allow(0)


def _read(source: BinaryIO, size: int) -> bytes:
    content = source.read(size)
    if len(content) != size:
        raise SystemExit(0)  # the asker is gone
    return content


def answer(kind: str, content: bytes) -> tuple[bytes, bytes]:
    """Read a workbook; give the answer's JSON and the codes of its columns, one after the other."""
    try:
        header, body = _packed(read_cells(kind, content))
    except Unreadable as fault:
        header, body = {"refused": str(fault)}, b""
    except MemoryError:
        header, body = {"refused": TOO_MUCH}, b""
    return json.dumps(header).encode("ascii"), body


def _packed(book: BookCells) -> tuple[dict[str, Any], bytes]:
    sheets = [
        {
            "name": sheet.name,
            "height": sheet.height,
            "merged": sheet.merged,
            "hidden": sheet.hidden,
            "columns": [_column(column) for column in sheet.columns],
        }
        for sheet in book.sheets
    ]
    body = b"".join(column.codes.tobytes() for sheet in book.sheets for column in sheet.columns if len(column.values) > 1)
    return {"date_1904": book.date_1904, "sheets": sheets}, body


def _column(column: ColumnCells) -> dict[str, Any]:
    days = [place for place, value in enumerate(column.values) if isinstance(value, datetime)]
    values = [value.isoformat() if isinstance(value, datetime) else value for value in column.values]
    return {"values": values, "days": days, "width": column.codes.itemsize}


def limit_child(memory: int, parent: int) -> None:
    """Limit this process for good: memory and open files; no file written, no process started.

    On Linux it also dies with its parent.
    """
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        limits = {"RLIMIT_CORE": 0, "RLIMIT_FSIZE": 0, "RLIMIT_NPROC": 0, "RLIMIT_NOFILE": _FILES, "RLIMIT_AS": memory}
        for name, most in limits.items():
            with contextlib.suppress(AttributeError, ValueError, OSError):
                resource.setrlimit(getattr(resource, name), (most, most))
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != parent:
            raise SystemExit(0)


def _allow(seconds: int) -> None:
    """Let the next request take so many seconds of the processor, and three times as many by the clock; 0: no limit."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        most = int(used.ru_utime + used.ru_stime) + 1 + seconds if seconds else hard
        resource.setrlimit(resource.RLIMIT_CPU, (most, hard))
        signal.alarm(3 * seconds)
