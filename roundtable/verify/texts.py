"""The primitives that every format here is made of, each with one spelling and no other."""

import base64
import binascii
import re

from roundtable.verify.errors import Malformed

MAX_SIZE = 2**63 - 1
_DECIMAL = re.compile(r"(0|[1-9][0-9]{0,18})", re.ASCII)


def encode_base64(data: bytes) -> str:
    """Write bytes in the standard base 64 of RFC 4648, with padding."""
    return base64.b64encode(data).decode("ascii")


def decode_base64(text: str, size: int | None = None) -> bytes:
    """Read base 64 that `encode_base64` would have written.

    :raises Malformed: another alphabet, padding or leftover bits, or not `size` bytes.
    """
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise Malformed("not base 64") from error
    if encode_base64(data) != text:
        raise Malformed("base 64 that is written otherwise")
    if size is not None and len(data) != size:
        raise Malformed(f"{len(data)} bytes instead of {size}")
    return data


def parse_decimal(text: str) -> int:
    """Read a number from 0 to 2⁶³ - 1 in ASCII digits without sign or leading zeros.

    :raises Malformed: it is anything else.
    """
    if not _DECIMAL.fullmatch(text) or int(text) > MAX_SIZE:
        raise Malformed("not a decimal number")
    return int(text)


def decode_utf8(data: bytes) -> str:
    """Read UTF-8.

    :raises Malformed: it is not.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Malformed("not UTF-8") from error
