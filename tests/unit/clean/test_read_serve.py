from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from evaltools.clean import read_serve
from evaltools.clean.read_cells import BookCells
from evaltools.clean.read_serve import HEAD, TOO_MUCH, answer
from evaltools.synthetic.workbook_grid import GridBook, GridSheet
from evaltools.synthetic.xlsx_bytes import xlsx_bytes

BOOK = xlsx_bytes(GridBook((GridSheet("S", (("ID", 1), ("a", 1), ("b", 1)), hidden_rows=frozenset({2})),), date1904=True))
SHEETS = [
    {
        "name": "S",
        "height": 3,
        "merged": [],
        "hidden": ["row 2"],
        "columns": [{"values": ["ID", "a", "b"], "days": [], "width": 1}, {"values": ["1"], "days": [], "width": 1}],
    }
]


def test_an_answer_is_json_and_the_codes_of_columns_that_vary() -> None:
    header, body = answer("xlsx", BOOK)
    assert json.loads(header) == {"date_1904": True, "sheets": SHEETS}
    assert body == bytes([0, 1, 2])


def test_a_refusal_is_an_answer() -> None:
    assert json.loads(answer("xlsx", BOOK[:200])[0])["refused"].startswith("it is cut short or damaged")


def test_memory_that_runs_out_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(kind: str, content: bytes) -> BookCells:
        raise MemoryError

    monkeypatch.setattr(read_serve, "read_cells", exhausted)
    assert json.loads(answer("xlsx", BOOK)[0]) == {"refused": TOO_MUCH}


def _run(code: str, parent: str = "os.getppid()", requests: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    start = f"import os; from evaltools.clean.read_serve import limit_child, serve; {code.format(parent=parent)}"
    return subprocess.run([sys.executable, "-c", start], input=requests, capture_output=True, check=False, timeout=60)


def _request(content: bytes, seconds: int = 20) -> bytes:
    head = json.dumps({"kind": "xlsx", "seconds": seconds}).encode()
    return HEAD.pack(len(head), len(content)) + head + content


def test_requests_are_answered_one_after_the_other_until_the_input_ends() -> None:
    done = _run("serve(1 << 31, {parent})", requests=_request(BOOK) + _request(b"PK") + _request(BOOK))
    stream, headers = io.BytesIO(done.stdout), []
    while head := stream.read(HEAD.size):
        length, size = struct.unpack("<QQ", head)
        headers.append(json.loads(stream.read(length)))
        stream.read(size)
    assert done.returncode == 0
    assert ["refused" in header for header in headers] == [False, True, False]


def test_an_asker_that_is_gone_in_the_middle_ends_the_child() -> None:
    done = _run("serve(1 << 31, {parent})", requests=_request(BOOK)[:-5])
    assert (done.returncode, done.stdout) == (0, b"")


ONLY_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the system limits children on Linux")


@ONLY_LINUX
@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("bytearray(1 << 30)", b"MemoryError"),
        ("open({path!r}, 'w').write('x' * 99_999)", b"File too large"),
        ("import resource; resource.setrlimit(resource.RLIMIT_AS, (1 << 40, 1 << 40))", b"maximum limit"),
    ],
)
def test_a_limited_process_can_neither_grow_nor_write_nor_unlimit_itself(code: str, words: bytes, tmp_path: Path) -> None:
    path = str(tmp_path / "a")
    done = _run("limit_child(500_000_000, os.getppid()); " + code.format(path=path))
    assert done.returncode != 0
    assert words in done.stderr


@ONLY_LINUX
def test_a_child_whose_parent_is_gone_already_ends() -> None:
    assert _run("limit_child(1 << 31, 1); raise SystemExit(7)").returncode == 0
    assert _run("limit_child(1 << 31, {parent}); raise SystemExit(7)").returncode == 7


@pytest.mark.slow
@ONLY_LINUX
def test_time_runs_out_on_the_processor() -> None:
    spin = "from evaltools.clean.read_serve import _allow; limit_child(1 << 31, os.getppid()); _allow(1)\nwhile True: pass"
    assert _run(spin).returncode in (-24, -14)  # SIGXCPU, or by the clock on a busy machine


def test_limits_that_the_system_does_not_know_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resource", None)
    monkeypatch.setattr(sys, "platform", "win32")
    tried: list[Callable[..., object]] = []
    monkeypatch.setattr("ctypes.CDLL", tried.append)
    read_serve.limit_child(1 << 31, 1)
    read_serve._allow(5)
    assert tried == []
