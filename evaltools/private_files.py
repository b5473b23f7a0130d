"""Write files that hold personal data: for their owner's eyes alone, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

__all__ = ["write_private_file"]


def write_private_file(path: Path, content: bytes) -> Path:
    """Write a file with mode 0600 into a folder with mode 0700; a file that holds the same bytes already is left alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    if not (path.is_file() and path.read_bytes() == content):
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        with os.fdopen(handle, "wb") as target:
            target.write(content)
        Path(temporary).replace(path)
    path.chmod(0o600)
    return path
