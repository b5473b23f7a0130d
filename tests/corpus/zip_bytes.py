"""A zip archive, part by part, as a program would write it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping


def zip_bytes(parts: Mapping[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 4, 2, 9, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
