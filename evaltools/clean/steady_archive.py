"""Make a workbook the same bytes whenever it is made from the same content: no clock in its parts or its zip."""

from __future__ import annotations

import io
import re
import zipfile

__all__ = ["steady_archive"]

_DAY = "2000-01-01T00:00:00Z"
_STAMPS = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def steady_archive(content: bytes) -> bytes:
    """Pack a workbook (.xlsx) again with fixed times in its zip and in its properties. Raises zipfile.BadZipFile."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive_out:
        for name in archive.namelist():
            part = archive.read(name)
            if name == "docProps/core.xml":
                part = _STAMPS.sub(rb"\g<1>" + _DAY.encode() + rb"\g<3>", part)
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive_out.writestr(entry, part)
    return packed.getvalue()
