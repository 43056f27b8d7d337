"""Ed25519 signatures after RFC 8032, verified with Python alone, or with `cryptography` where that is installed.

Both accept exactly the same signatures: s below the group order, the encoding of R compared byte for byte, the cofactor
left out. Only public data passes through here, so time that depends on it tells nobody anything.
"""

from functools import lru_cache
from hashlib import sha512

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:  # pragma: no cover — tests run it in an interpreter of its own
    HAS_CRYPTOGRAPHY = False
else:
    HAS_CRYPTOGRAPHY = True

PUBLIC_SIZE = 32
SIGNATURE_SIZE = 64

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
_SQRT_MINUS_1 = pow(2, (P - 1) // 4, P)
_Y_OF_ORDER_8 = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7

_WINDOW = 4
Point = tuple[int, int, int, int]
_NEUTRAL: Point = (0, 1, 1, 0)


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the holder of a public key signed a message."""
    if len(public) != PUBLIC_SIZE or len(signature) != SIGNATURE_SIZE:
        return False
    if HAS_CRYPTOGRAPHY:
        return _verify_with_cryptography(public, message, signature)
    return verify_with_python(public, message, signature)


def _verify_with_cryptography(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def verify_with_python(public: bytes, message: bytes, signature: bytes) -> bool:
    """Do the same without any library."""
    table = _negated_multiples(public)
    s = int.from_bytes(signature[32:], "little")
    if table is None or s >= ORDER:
        return False
    h = int.from_bytes(sha512(signature[:32] + public + message).digest(), "little") % ORDER
    return _encode(_sum_of_multiples(s, _multiples(_BASE), h, table)) == signature[:32]


def is_low_order(public: bytes) -> bool:
    """Whether a public key is one of the fourteen encodings of the eight points of small order."""
    y = int.from_bytes(public, "little") & (2**255 - 1)
    return y in {0, 1, P - 1, P, P + 1, _Y_OF_ORDER_8, P - _Y_OF_ORDER_8}


def _decode(encoded: bytes) -> Point | None:
    number = int.from_bytes(encoded, "little")
    sign, y = number >> 255, (number & (2**255 - 1)) % P
    x = _square_root((y * y - 1) * pow(D * y * y + 1, -1, P) % P)
    if x is None:
        return None
    if x & 1 != sign:
        x = -x % P
    return (x, y, 1, x * y % P)


def _square_root(square: int) -> int | None:
    root = pow(square, (P + 3) // 8, P)
    if (root * root - square) % P:
        root = root * _SQRT_MINUS_1 % P
    return None if (root * root - square) % P else root


def _encode(point: Point) -> bytes:
    x, y, z, _ = point
    inverse = pow(z, -1, P)
    return (y * inverse % P | (x * inverse % P & 1) << 255).to_bytes(32, "little")


def _add(first: Point, second: Point) -> Point:
    x1, y1, z1, t1 = first
    x2, y2, z2, t2 = second
    a = (y1 - x1) * (y2 - x2) % P
    b = (y1 + x1) * (y2 + x2) % P
    c = 2 * t1 * t2 * D % P
    d = 2 * z1 * z2 % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _double(point: Point) -> Point:
    x, y, z, _ = point
    a, b = x * x % P, y * y % P
    h = a + b
    e = h - (x + y) * (x + y) % P
    g = a - b
    f = 2 * z * z + g
    return (e * f % P, g * h % P, f * g % P, e * h % P)


@lru_cache(maxsize=64)
def _multiples(point: Point) -> tuple[Point, ...]:
    table = [_NEUTRAL]
    for _ in range(2**_WINDOW - 1):
        table.append(_add(table[-1], point))
    return tuple(table)


@lru_cache(maxsize=64)
def _negated_multiples(public: bytes) -> tuple[Point, ...] | None:
    point = _decode(public)
    if point is None:
        return None
    x, y, z, t = point
    return _multiples((-x % P, y, z, -t % P))


def _sum_of_multiples(s: int, first: tuple[Point, ...], h: int, second: tuple[Point, ...]) -> Point:
    """Return s times the one point plus h times the other, from the tables of their small multiples."""
    total = _NEUTRAL
    for shift in range(256 - _WINDOW, -1, -_WINDOW):
        for _ in range(_WINDOW):
            total = _double(total)
        total = _add(total, first[s >> shift & 15])
        total = _add(total, second[h >> shift & 15])
    return total


def _base() -> Point:
    point = _decode((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    assert point is not None  # noqa: S101 — a constant
    return point


_BASE = _base()
