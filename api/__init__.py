"""The HTTP interface: writes derived from the aggregates, reads written."""
