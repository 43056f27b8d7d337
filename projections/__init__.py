"""Read models: the fold of every object, kept as rows that answer for any position and day."""
