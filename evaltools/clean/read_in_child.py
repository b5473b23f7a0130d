"""Ask a reader child for a workbook's cells, so that no file can take this process down, fill its memory or hang it.

One child serves the whole run. It is started when the first workbook comes, inherits neither files nor environment, is
limited in memory and time, and dies with its parent. A file that brings it down is tried once more in a fresh child
(it may not have been its fault), and then refused.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evaltools.clean.read_serve import HEAD
from evaltools.clean.unreadable import Unreadable

__all__ = ["ReaderChild", "ask_reader"]

MEMORY = 2 << 30  # bytes of address space of the child
SECONDS, BYTES_A_SECOND = 20, 4_000_000  # what a file may take, and how much more when it is large
LARGEST_ANSWER = 1 << 30
_PATIENCE = 4  # times those seconds by the clock, after which the child is ended from here
_TIME_IS_UP = {getattr(signal, name, 0) for name in ("SIGXCPU", "SIGALRM")} - {0}
_INHERITED = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")  # without which the interpreter may not start
_START = "import sys; sys.path[:] = {path!r}; from evaltools.clean.read_serve import serve; serve({memory}, {parent})"
_FELL = "its reader broke down over it; open it, copy the table into a new workbook and send that file"
_SLOW = "reading it took more than {seconds} seconds; delete what stands beyond the table, or send its sheets as CSV files"


class _ChildDied(Exception):
    """The child ended instead of answering. slow: because its time was up."""

    def __init__(self, slow: bool) -> None:
        self.slow = slow
        super().__init__()


@dataclass
class ReaderChild:
    """A child that reads workbooks one after the other. memory: bytes it may use. owner: process that started it."""

    memory: int = MEMORY
    owner: int = 0
    answered: int = 0
    process: subprocess.Popen[bytes] | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, kind: str, content: bytes, seconds: int) -> tuple[dict[str, Any], bytes]:
        """Give the answer of `read_serve` to one workbook. Raises Unreadable when it brings a fresh child down."""
        with self.lock:
            while True:
                process = self._started()
                fresh = not self.answered
                try:
                    answer = _ask(process, kind, content, seconds)
                except _ChildDied as death:
                    self.close()
                    if fresh or death.slow:
                        raise Unreadable(_SLOW.format(seconds=seconds) if death.slow else _FELL) from death
                    continue
                except BaseException:
                    self.close()  # its answer may still come, and must not be taken for the next one
                    raise
                self.answered += 1
                return answer

    def _started(self) -> subprocess.Popen[bytes]:
        """Give the running child; a new one where there is none, it died, or another process owns it (after a fork)."""
        if self.process is not None and (self.owner != os.getpid() or self.process.poll() is not None):
            self.close()
        if self.process is None:
            path = [os.path.abspath(place) for place in sys.path if place] + [str(Path(__file__).parents[2])]
            command = _START.format(path=path, memory=self.memory, parent=os.getpid())
            self.process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-X", "utf8", "-c", command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=os.path.abspath(os.sep),
                start_new_session=True,  # Ctrl-C is for the parent, which ends the child
                env={name: os.environ[name] for name in _INHERITED if name in os.environ},
            )
            self.owner, self.answered = os.getpid(), 0
        return self.process

    def close(self) -> None:
        """End the child, if there is one; a later question starts another."""
        process, self.process, self.answered = self.process, None, 0
        if process is None:
            return
        if self.owner == os.getpid():
            process.kill()
            process.wait()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):  # what was left in it went down with the child
                pipe.close()  # type: ignore[union-attr]


def _ask(process: subprocess.Popen[bytes], kind: str, content: bytes, seconds: int) -> tuple[dict[str, Any], bytes]:
    assert process.stdin is not None
    request = json.dumps({"kind": kind, "seconds": seconds}).encode("ascii")
    late = threading.Event()

    def end() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(_PATIENCE * seconds, end)
    timer.daemon = True
    timer.start()
    try:
        process.stdin.write(HEAD.pack(len(request), len(content)) + request)
        process.stdin.write(content)
        process.stdin.flush()
        length, size = HEAD.unpack(_exactly(process, HEAD.size))
        if length + size > LARGEST_ANSWER:
            raise ValueError("an answer of impossible size")
        return json.loads(_exactly(process, length)), _exactly(process, size)
    except (OSError, EOFError, ValueError) as fault:
        process.kill()
        raise _ChildDied(late.is_set() or -process.wait() in _TIME_IS_UP) from fault
    finally:
        timer.cancel()


def _exactly(process: subprocess.Popen[bytes], size: int) -> bytes:
    assert process.stdout is not None
    content = process.stdout.read(size)
    if len(content) != size:
        raise EOFError
    return content


_POOLED = ReaderChild()
atexit.register(_POOLED.close)


def ask_reader(kind: str, content: bytes, unpacked: int) -> tuple[dict[str, Any], bytes]:
    """Ask the run's one reader child. unpacked: size of the workbook in bytes, on which its time depends.

    Raises Unreadable when the file cannot be used, with the reason.
    """
    header, body = _POOLED.ask(kind, content, SECONDS + unpacked // BYTES_A_SECOND)
    if "refused" in header:
        raise Unreadable(str(header["refused"]))
    return header, body
