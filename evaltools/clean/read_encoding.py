"""Tell the encoding of a text file and decode it, strictly: declared, by its mark, by its zero bytes, UTF-8, or cp1252."""

from __future__ import annotations

import re

from evaltools.clean.unreadable import Unreadable

__all__ = ["decode", "tell_wide"]

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SAMPLE = 65_536
_ONE_SIDE = 0.95  # of the zero bytes of text in UTF-16 stand on the same side of their letters
# Letters with accents, curly quotation marks, dashes and the euro sign as UTF-8 writes them; in cp1252 they are nonsense
_UTF8_PAIR = re.compile(rb"[\xc2\xc3][\x80-\xbf]|\xe2[\x80-\x82][\x80-\xbf]")
_BEGUN = re.compile(rb"[\xc2\xc3]|\xe2[\x80-\x82]")
_REMEDY = "save it again as 'CSV UTF-8', or say its 'encoding' in the layout"


def decode(content: bytes, encoding: str = "") -> tuple[str, str]:
    """Give the text and the name of its encoding: as declared, else by its mark or zero bytes, else UTF-8, else cp1252.

    Raises Unreadable when it is none of them, is cut in the middle of a letter, or is partly one and partly the other.

    >>> decode("café".encode("cp1252")), decode("a,b".encode("utf-16-be"))
    (('café', 'cp1252'), ('a,b', 'utf-16-be'))
    """
    told = encoding or _by_mark(content) or tell_wide(content)
    if told:
        return _strictly(content, told), told
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as fault:
        place = fault.start
        if fault.reason == "unexpected end of data" and (_UTF8_PAIR.search(content) or _BEGUN.match(content, place)):
            raise Unreadable("it is cut short: it ends in the middle of a letter; send the whole file again") from fault
    if _UTF8_PAIR.search(content):
        line = content.count(b"\n", 0, place) + 1
        why = f"its letters are UTF-8 in some lines and not in others (from line {line})"
        raise Unreadable(f"{why}; {_REMEDY}")
    try:
        return content.decode("cp1252"), "cp1252"
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise Unreadable(f"its letters cannot be read as utf-8 or cp1252 (line {line}); {_REMEDY}") from fault


def _by_mark(content: bytes) -> str:
    return next((name for mark, name in _MARKS if content.startswith(mark)), "")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except (UnicodeDecodeError, LookupError) as fault:
        raise Unreadable(f"its letters cannot be read as {encoding}; {_REMEDY}") from fault


def tell_wide(content: bytes) -> str:
    r"""Name the encoding of UTF-16 text without its mark, by the side on which its zero bytes stand; '' for anything else.

    >>> tell_wide("a,b\n".encode("utf-16-le")), tell_wide(b"a\0\0b")
    ('utf-16-le', '')
    """
    sample = content[:_SAMPLE]
    left, right = sample[0::2].count(0), sample[1::2].count(0)
    if not left + right or max(left, right) < _ONE_SIDE * (left + right) or len(content) % 2:
        return ""
    encoding = "utf-16-le" if right > left else "utf-16-be"
    text = sample.decode(encoding, "ignore")  # the sample may end within a letter
    plain = sum(text.count(letter) for letter in ",;\t|\n\r")
    return encoding if plain and "\0" not in text else ""
