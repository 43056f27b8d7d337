"""ML-DSA-44 signatures (FIPS 204), where `cryptography` is installed and can verify them; nothing here does without."""

PUBLIC_SIZE = 1312
SIGNATURE_SIZE = 2420

try:
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey
except ImportError:
    IS_AVAILABLE = False
else:
    try:
        MLDSA44PublicKey.from_public_bytes(bytes(PUBLIC_SIZE))
    except UnsupportedAlgorithm:
        IS_AVAILABLE = False
    else:
        IS_AVAILABLE = True


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the holder of a public key signed a message; never where that cannot be verified."""
    if not IS_AVAILABLE or len(public) != PUBLIC_SIZE or len(signature) != SIGNATURE_SIZE:
        return False
    try:
        MLDSA44PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True
