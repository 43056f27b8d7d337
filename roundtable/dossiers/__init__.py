"""Documents of handovers and sessions that people read, sign and print, composed from the log."""
