"""Try the reader on every file of a folder: each ends in read or refused, and nothing crashes, hangs or fills the memory.

    python benchmarks/corpora.py FOLDER            # counts, and each reason with how often it was given
    python benchmarks/corpora.py FOLDER --list     # one line a file as well

Files are read in a process of their own, which is replaced when it ends, takes too long or grows too large: that would be
a fault of the reader, and the exit code says so. Readers of workbooks run in that process's own child, as always.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evaltools.clean.read_file import read_file

_SECONDS = 120  # for one file, after which it counts as hanging
_ROOT = Path(__file__).parents[1]


def main() -> int:
    """Read every file, print the counts, and give 1 when any broke the reader."""
    parser = argparse.ArgumentParser(description="Try the reader on every file of a folder.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--list", action="store_true", help="one line a file")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.worker:
        return _work(asked.folder)
    begun = time.perf_counter()
    ends = list(_ends([path for path in sorted(asked.folder.rglob("*")) if path.is_file()], asked.folder))
    if asked.list:
        for end in ends:
            print(f"{end['status']:8} {end['seconds']:6.2f} s  {end['file']}  {end['reason'] or end['note']}")
    _print(ends, time.perf_counter() - begun)
    return int(any(end["status"] not in ("read", "refused") for end in ends))


def _ends(paths: list[Path], folder: Path) -> Iterator[dict[str, Any]]:
    """Say how each file ended."""
    worker = _started(folder)
    for path in paths:
        name = path.relative_to(folder).as_posix()
        late = threading.Timer(_SECONDS, worker.kill)
        late.start()
        begun = time.perf_counter()
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdin.write(json.dumps(name) + "\n")
        worker.stdin.flush()
        line = worker.stdout.readline()
        late.cancel()
        if line:
            yield json.loads(line)
            continue
        seconds = time.perf_counter() - begun
        status = "hung" if seconds >= _SECONDS else "crashed"
        yield {"file": name, "status": status, "reason": "", "note": "", "seconds": seconds, "rows": 0, "kib": 0}
        worker = _started(folder)
    worker.communicate()


def _started(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, __file__, str(folder), "--worker"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=_ROOT)


def _work(folder: Path) -> int:
    for line in sys.stdin:
        name = json.loads(line)
        begun = time.perf_counter()
        raw = read_file(folder / name, name)
        kib = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        end = {
            "file": name,
            "status": "refused" if raw.refused else "read",
            "reason": raw.refused,
            "note": raw.note,
            "seconds": time.perf_counter() - begun,
            "rows": sum(len(sheet.cells) for sheet in raw.sheets),
            "kib": kib,
        }
        print(json.dumps(end), flush=True)
    return 0


def _print(ends: list[dict[str, Any]], seconds: float) -> None:
    counts = Counter(end["status"] for end in ends)
    print(f"{len(ends):,} files in {seconds:.0f} s: " + ", ".join(f"{count:,} {status}" for status, count in counts.items()))
    print(
        f"{sum(end['rows'] for end in ends):,} lines read; slowest file {max(end['seconds'] for end in ends):.2f} s; ",
        end="",
    )
    print(f"peak memory {max(end['kib'] for end in ends) / 1024:.0f} MB")
    reasons = Counter(re.sub(r"'[^']*'|\d[\d,]*", "...", end["reason"]) for end in ends if end["reason"])
    for reason, count in reasons.most_common():
        print(f"{count:5}  {reason}")


if __name__ == "__main__":
    sys.exit(main())
