"""The domain: what roundtables, institutions and commitments are, and the rules that hold for them. Pure."""
