"""A workbook that cannot be read without a password: the container and its two streams, with nothing behind them."""

from __future__ import annotations

import struct
from base64 import b64encode
from hashlib import sha256

from evaltools.synthetic.compound_file import compound_file

__all__ = ["locked_workbook"]


def locked_workbook(name: str, size: int = 6000) -> bytes:
    """Write a file that looks, to every reader, like an encrypted workbook.

    Parameters
    ----------
    name
        Text from which the bytes of the package are made.
    size
        Bytes of the encrypted package.

    Returns
    -------
    bytes
        A compound file with the streams EncryptionInfo and EncryptedPackage.
    """
    noise = b"".join(sha256(f"{name} {block}".encode()).digest() for block in range(size // 32 + 1))[:size]
    info = struct.pack("<HHI", 4, 4, 0x40) + _description(noise).encode()
    return compound_file({"EncryptionInfo": info, "EncryptedPackage": struct.pack("<Q", size - 8) + noise})


def _description(noise: bytes) -> str:
    salt = b64encode(noise[:16]).decode()
    digest = b64encode(noise[16:80]).decode()
    settings = (
        'saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" '
        f'cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="{salt}"'
    )
    office = "http://schemas.microsoft.com/office/2006"
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<encryption xmlns="{office}/encryption" '
        f'xmlns:p="{office}/keyEncryptor/password"><keyData {settings}/>'
        f'<dataIntegrity encryptedHmacKey="{digest}" encryptedHmacValue="{digest}"/>'
        f'<keyEncryptors><keyEncryptor uri="{office}/keyEncryptor/password"><p:encryptedKey spinCount="100000" {settings} '
        f'encryptedVerifierHashInput="{salt}" encryptedVerifierHashValue="{digest}" encryptedKeyValue="{digest}"/>'
        "</keyEncryptor></keyEncryptors></encryption>"
    )
