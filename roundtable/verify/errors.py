"""The two ways in which evidence fails: it cannot be read, or it was read and is not true."""


class Malformed(ValueError):
    """The bytes do not follow their format to the letter."""


class Unproven(ValueError):
    """The bytes are well formed and do not prove what they should."""
