"""When everything happened: the day of every change of state and of every figure. All days are invented."""

ANNOUNCED = "07-25"
"""The day of the announcement; its year is of the document."""
ITEMISED, WRITTEN_DOWN = "2018-08-15", "2018-08-31"
"""When the items were agreed, and when they were recorded: once the minutes that hold them were signed."""
APPROVED_EARLY, APPROVED_LATER = "2018-11-30", "2019-06-28"
"""Approved in 2018 where work began that year, else in 2019."""
HALF_EXECUTED, EXECUTED = "2019-12-31", "2020-12-31"
AMENDED = "2019-05-02"
WAIVED = "2018-09-28"
PAID_LATE_KNOWN = "2018-12-20"

CHANGES: dict[str, tuple[tuple[str, str], ...]] = {
    "DEMO-TRA-ST": (("2018-09-03", "in_progress"), ("2020-11-27", "reported_fulfilled")),
    "DEMO-TRA-CA": (("2019-02-11", "in_progress"),),
    "DEMO-TRA-CH": (("2019-08-05", "in_progress"),),
    "DEMO-TRA-CO": (),
    "DEMO-TRA-LI": (),
    "DEMO-TRA-LL": (("2019-03-04", "in_progress"),),
    "DEMO-TRA-QU": (),
    "DEMO-TRA-VE": (("2018-11-19", "in_progress"), ("2019-09-10", "blocked")),
    "DEMO-VIV-ST": (("2018-10-15", "in_progress"),),
    "DEMO-VIV-CA": (),
    "DEMO-VIV-CH": (("2018-11-05", "in_progress"), ("2020-09-30", "reported_fulfilled")),
    "DEMO-VIV-CO": (("2019-10-14", "in_progress"),),
    "DEMO-VIV-LI": (),
    "DEMO-VIV-LL": (),
    "DEMO-VIV-QU": (("2019-04-08", "in_progress"),),
    "DEMO-VIV-VE": (),
    "DEMO-EDU-ST": (("2019-09-02", "in_progress"),),
    "DEMO-EDU-CA": (("2019-03-18", "in_progress"),),
    "DEMO-EDU-CH": (),
    "DEMO-EDU-CO": (("2018-10-01", "in_progress"), ("2019-12-13", "reported_fulfilled"), ("2020-02-20", "fulfilled")),
    "DEMO-EDU-LI": (),
    "DEMO-EDU-LL": (),
    "DEMO-EDU-QU": (("2019-05-20", "in_progress"), ("2021-08-16", "blocked"), ("2023-05-08", "in_progress")),
    "DEMO-EDU-VE": (("2019-04-01", "in_progress"), ("2021-03-15", "reported_fulfilled")),
    "DEMO-AGR-ST": (),
    "DEMO-AGR-CA": (("2019-07-15", "in_progress"),),
    "DEMO-AGR-CH": (),
    "DEMO-AGR-CO": (("2018-11-12", "in_progress"),),
    "DEMO-AGR-LI": (("2018-12-03", "in_progress"), ("2020-12-11", "reported_fulfilled")),
    "DEMO-AGR-LL": (("2018-10-22", "in_progress"), ("2018-12-17", "blocked")),
    "DEMO-AGR-QU": (("2019-03-29", "dismissed"),),
    "DEMO-AGR-VE": (("2019-06-10", "in_progress"),),
}
"""What became of each item after the day it was itemised, when it was agreed (DEMO-AGR-QU: requested)."""
RECORDED_LATE = frozenset({"DEMO-AGR-CO"})
"""Their first change was recorded at the end, long after its day."""
EXTENSIONS = (
    ("DEMO-TRA-ST", "2020-06-18", "2020-12-31", "DEMO-ADENDA-001"),
    ("DEMO-VIV-ST", "2020-11-16", "2021-12-31", "DEMO-ADENDA-002"),
    ("DEMO-EDU-QU", "2019-12-16", "2020-12-31", "DEMO-ADENDA-003"),
)
"""Item, day of the act, new deadline, number of the act."""


def state_on(code: str, day: str, first: str = "agreed") -> str:
    """Return the state that an item has on a day, by this table."""
    return [first, *(state for since, state in CHANGES[code] if since <= day)][-1]
