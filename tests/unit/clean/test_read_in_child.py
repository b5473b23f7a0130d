from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from evaltools.clean import read_in_child as module
from evaltools.clean.read_in_child import ReaderChild, ask_reader
from evaltools.clean.unreadable import Unreadable
from evaltools.synthetic.workbook_grid import GridBook, GridSheet
from evaltools.synthetic.xlsx_bytes import xlsx_bytes

BOOK = xlsx_bytes(GridBook((GridSheet("S", (("ID", 1), ("a", 2))),)))
ONLY_POSIX = pytest.mark.skipif(os.name != "posix", reason="signals")


@pytest.fixture
def child() -> Iterator[ReaderChild]:
    one = ReaderChild()
    yield one
    one.close()


def _pid(child: ReaderChild) -> int:
    assert child.process is not None
    return child.process.pid


def test_one_child_serves_one_question_after_the_other(child: ReaderChild) -> None:
    first = child.ask("xlsx", BOOK, 20)
    pid = _pid(child)
    assert child.ask("xlsx", BOOK, 20) == first
    assert _pid(child) == pid
    assert [sheet["name"] for sheet in first[0]["sheets"]] == ["S"]


def test_a_closed_child_is_started_anew(child: ReaderChild) -> None:
    child.ask("xlsx", BOOK, 20)
    pid = _pid(child)
    child.close()
    assert not psutil.pid_exists(pid)
    child.ask("xlsx", BOOK, 20)
    assert _pid(child) != pid


def test_a_child_that_died_between_two_questions_is_replaced(child: ReaderChild) -> None:
    child.ask("xlsx", BOOK, 20)
    assert child.process is not None
    child.process.kill()
    child.process.wait()
    assert child.ask("xlsx", BOOK, 20)[0]["sheets"]


def test_a_question_that_is_broken_off_leaves_no_answer_for_the_next(
    child: ReaderChild, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken_off(*parts: object) -> None:
        raise KeyboardInterrupt

    child.ask("xlsx", BOOK, 20)
    pid = _pid(child)
    with monkeypatch.context() as patched:
        patched.setattr(module, "_ask", broken_off)
        with pytest.raises(KeyboardInterrupt):
            child.ask("xlsx", BOOK, 20)
    assert not psutil.pid_exists(pid)
    assert child.ask("xlsx", BOOK, 20)[0]["sheets"]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_child_inherits_nothing_that_it_does_not_need(child: ReaderChild, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVALTOOLS_KEY", "secret")
    with open(__file__, encoding="utf-8") as held:
        os.set_inheritable(held.fileno(), True)
        child.ask("xlsx", BOOK, 20)
    place = Path(f"/proc/{_pid(child)}")
    assert b"secret" not in (place / "environ").read_bytes()
    opened = {os.readlink(link) for link in (place / "fd").iterdir()}
    assert not any(name.endswith(".py") for name in opened)
    assert (place / "cwd").resolve() == Path("/")
    limits = (place / "limits").read_text()
    assert str(module.MEMORY) in limits
    assert "Max core file size        0" in limits


FALLS = "m.answer = lambda kind, content: os.abort()\n"
# the path has to be set before anything of ours can be loaded
SETS_PATH = "import sys; sys.path[:] = {path!r}\n"


def test_a_file_that_brings_a_fresh_child_down_is_refused(child: ReaderChild, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_START", SETS_PATH + "import evaltools.clean.read_serve as m, os\n" + FALLS + module._START)
    with pytest.raises(Unreadable, match="broke down over it; open it, copy the table"):
        child.ask("xlsx", BOOK, 20)
    assert child.process is None


def test_a_file_is_tried_again_when_an_older_child_breaks_down(child: ReaderChild, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = "held = []\nm.answer, real = (lambda k, c: held and os.abort() or held.append(1) or real(k, c)), m.answer\n"
    monkeypatch.setattr(
        module, "_START", SETS_PATH + "import evaltools.clean.read_serve as m, os\n" + counted + module._START
    )
    first = child.ask("xlsx", BOOK, 20)
    pid = _pid(child)
    assert child.ask("xlsx", BOOK, 20) == first  # this one breaks it down; a fresh one reads it
    assert _pid(child) != pid


@ONLY_POSIX
def test_a_file_that_takes_too_long_is_refused(child: ReaderChild, monkeypatch: pytest.MonkeyPatch) -> None:
    sleeps = "import time\nm.answer = lambda kind, content: time.sleep(60)\n"
    monkeypatch.setattr(module, "_START", SETS_PATH + "import evaltools.clean.read_serve as m\n" + sleeps + module._START)
    begun = time.monotonic()
    with pytest.raises(Unreadable, match="took more than 1 seconds; delete what stands beyond"):
        child.ask("xlsx", BOOK, 1)
    assert time.monotonic() - begun < 20


def test_a_child_that_neither_answers_nor_dies_is_ended_by_its_parent(
    child: ReaderChild, monkeypatch: pytest.MonkeyPatch
) -> None:
    deaf = "import signal, time\nm.answer = lambda kind, content: time.sleep(60)\nm._allow = lambda seconds: None\n"
    monkeypatch.setattr(module, "_START", SETS_PATH + "import evaltools.clean.read_serve as m\n" + deaf + module._START)
    monkeypatch.setattr(module, "_PATIENCE", 0.5)
    with pytest.raises(Unreadable, match="took more than 1 seconds"):
        child.ask("xlsx", BOOK, 1)


def test_an_answer_that_is_none_is_a_breakdown(child: ReaderChild, monkeypatch: pytest.MonkeyPatch) -> None:
    lies = "m.answer = lambda kind, content: (b'[', b'')\n"
    monkeypatch.setattr(module, "_START", SETS_PATH + "import evaltools.clean.read_serve as m\n" + lies + module._START)
    with pytest.raises(Unreadable, match="broke down"):
        child.ask("xlsx", BOOK, 20)


def test_an_answer_of_impossible_size_is_not_read(child: ReaderChild, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST_ANSWER", 10)
    with pytest.raises(Unreadable, match="broke down"):
        child.ask("xlsx", BOOK, 20)


@pytest.mark.skipif(sys.platform != "linux", reason="a child is told of its parent's death on Linux")
def test_the_child_dies_with_its_parent() -> None:
    """Also while it is busy: its own input has not ended when the parent is killed."""
    code = (
        "import evaltools.clean.read_in_child as m, os, threading, time\n"
        "busy = 'import time\\nm.answer = lambda kind, content: time.sleep(60)\\n'\n"
        f"m._START = {SETS_PATH!r} + 'import evaltools.clean.read_serve as m\\n' + busy + m._START\n"
        "child = m.ReaderChild()\n"
        f"threading.Thread(target=child.ask, args=('xlsx', {BOOK!r}, 50), daemon=True).start()\n"
        "while child.process is None: time.sleep(0.01)\n"
        "print(child.process.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    time.sleep(0.3)
    assert psutil.pid_exists(pid)
    os.kill(parent.pid, signal.SIGKILL)
    parent.communicate()
    for _ in range(200):
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return
        time.sleep(0.05)
    raise AssertionError("the child outlived its parent")


@ONLY_POSIX
def test_a_forked_process_does_not_share_the_child(child: ReaderChild) -> None:
    child.ask("xlsx", BOOK, 20)
    pid = _pid(child)
    child.owner = -1  # as after a fork, where another process owns it
    stale = child.process
    child.ask("xlsx", BOOK, 20)
    assert _pid(child) != pid
    assert stale is not None
    stale.kill()
    stale.wait()


def test_threads_take_turns(child: ReaderChild) -> None:
    answers: list[object] = []
    threads = [threading.Thread(target=lambda: answers.append(child.ask("xlsx", BOOK, 20))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 4
    assert all(each == answers[0] for each in answers)


def _with_row(row: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"</sheetData>", row + b"</sheetData>"))
    return buffer.getvalue()


@pytest.mark.skipif(sys.platform != "linux", reason="the system limits children on Linux")
def test_a_workbook_that_aborts_the_reader_is_refused_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real thing: with the check of sizes switched off, a cell at the end of the sheet aborts the reading process."""
    off = "import evaltools.clean.marks_xlsx_sheet as x\nx._too_large = lambda xml: False\n"
    monkeypatch.setattr(module, "_START", SETS_PATH + off + module._START)
    child = ReaderChild()
    far = _with_row(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    for _ in range(2):
        with pytest.raises(Unreadable, match=r"broke down over it|more memory"):
            child.ask("xlsx", far, 20)
        assert child.ask("xlsx", BOOK, 20)[0]["sheets"]
    child.close()


def test_the_pooled_child_gives_cells_or_the_reason() -> None:
    assert ask_reader("xlsx", BOOK, 1000)[0]["sheets"]
    with pytest.raises(Unreadable, match="cut short or damaged"):
        ask_reader("xlsx", BOOK[:200], 1000)
