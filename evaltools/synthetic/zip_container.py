"""A zip file whose bytes depend on its parts only: fixed times, fixed order, no machine in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

__all__ = ["zip_bytes"]

_WHEN = (2019, 10, 1, 9, 0, 0)


def zip_bytes(parts: Mapping[str, bytes], compressed: bool = True, stored_first: str = "") -> bytes:
    """Pack parts into a zip file.

    Parameters
    ----------
    parts
        Content by name, in the order in which it is packed.
    compressed
        Whether parts are deflated.
    stored_first
        Name of a part that is never deflated (`mimetype` of an OpenDocument file).

    Returns
    -------
    bytes
        The zip file.

    Examples
    --------
    >>> zip_bytes({"a": b"1"})[:2]
    b'PK'
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as pack:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _WHEN)
            entry.create_system = 0
            entry.external_attr = 0
            plain = not compressed or name == stored_first
            entry.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            pack.writestr(entry, content)
    return target.getvalue()
