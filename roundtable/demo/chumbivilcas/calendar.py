"""The days of tables, sessions, minutes and handovers: every change of state. All days but those named are invented.

The script carries these tables out, and a test asks the record for each state on each day.
"""

Changes = tuple[tuple[str, str], ...]

TABLES: dict[str, Changes] = {
    "MT-CHUMBIVILCAS": (
        ("2018-03-01", "proposed"),
        ("2018-03-08", "constituted"),
        ("2018-04-06", "accredited"),
        ("2018-04-12", "installed"),
        ("2018-04-13", "active"),
    ),
    "MR-DEL-CHUMBIVILCAS": (
        ("2018-08-20", "proposed"),
        ("2018-09-10", "constituted"),
        ("2018-09-28", "accredited"),
        ("2018-10-05", "installed"),
        ("2018-10-08", "active"),
    ),
    "MM-DEL-ST": (
        ("2018-05-28", "proposed"),
        ("2018-06-04", "constituted"),
        ("2018-06-11", "accredited"),
        ("2018-06-15", "installed"),
        ("2018-06-18", "active"),
    ),
    "MM-DEL-CA": (
        ("2018-05-28", "proposed"),
        ("2018-06-05", "constituted"),
        ("2018-06-12", "accredited"),
        ("2018-06-18", "installed"),
        ("2018-06-19", "active"),
    ),
    "MM-DEL-LI": (
        ("2018-05-28", "proposed"),
        ("2018-06-06", "constituted"),
        ("2018-06-13", "accredited"),
        ("2018-06-19", "installed"),
        ("2018-06-20", "active"),
    ),
    "MM-DEL-QU": (
        ("2018-05-28", "proposed"),
        ("2018-06-07", "constituted"),
        ("2018-06-14", "accredited"),
        ("2018-06-20", "installed"),
        ("2018-06-21", "active"),
    ),
    "MM-DEL-CH": (("2018-06-25", "proposed"), ("2018-07-09", "constituted")),
    "MM-DEL-CO": (("2018-06-25", "proposed"), ("2018-07-10", "constituted")),
    "MM-DEL-LL": (("2018-06-25", "proposed"), ("2018-07-11", "constituted")),
    "MM-DEL-VE": (("2018-06-25", "proposed"), ("2018-07-12", "constituted")),
}
"""By code of the roundtable. That one expired, the calendar says."""
SESSIONS: dict[str, Changes] = {
    "DEMO-MT-S1": (("2018-04-03", "convened"), ("2018-04-12", "open"), ("2018-04-12", "closed")),
    "DEMO-MT-S2": (("2018-07-16", "convened"), ("2018-07-25", "open"), ("2018-07-25", "closed")),
    "DEMO-MT-S3": (
        ("2018-08-06", "convened"),
        ("2018-08-14", "open"),
        ("2018-08-14", "recessed"),
        ("2018-08-15", "open"),
        ("2018-08-15", "closed"),
    ),
    "DEMO-MT-S4": (("2018-11-12", "convened"), ("2018-11-21", "failed_quorum")),
    "DEMO-MT-S5": (("2018-11-21", "convened"), ("2018-11-22", "open"), ("2018-11-22", "closed")),
    "DEMO-MT-S6": (("2019-03-18", "convened"), ("2019-03-29", "open"), ("2019-03-29", "closed")),
    "DEMO-MR-S1": (("2018-09-28", "convened"), ("2018-10-05", "open"), ("2018-10-05", "closed")),
    "DEMO-MR-S2": (("2019-06-03", "convened"), ("2019-06-14", "failed_quorum")),
    "DEMO-TALLER-ST": (("2018-08-27", "convened"), ("2018-09-06", "open"), ("2018-09-06", "closed")),
    "DEMO-TALLER-CA": (("2018-08-27", "convened"), ("2018-09-11", "open"), ("2018-09-11", "closed")),
    "DEMO-TALLER-LI": (("2018-08-27", "convened"), ("2018-09-13", "open"), ("2018-09-13", "closed")),
    "DEMO-TALLER-QU": (("2018-08-27", "convened"), ("2018-09-18", "open"), ("2018-09-18", "closed")),
}
"""By code of the session; the first day is that of the call."""
MINUTES: dict[str, Changes] = {
    "DEMO-ACTA-01-2018": (
        ("2018-04-16", "draft"),
        ("2018-04-17", "under_review"),
        ("2018-04-20", "approved"),
        ("2018-04-24", "signed"),
        ("2018-04-27", "published"),
    ),
    "DEMO-ACTA-02-2018": (
        ("2018-07-26", "draft"),
        ("2018-07-30", "under_review"),
        ("2018-08-02", "approved"),
        ("2018-08-03", "signed"),
        ("2018-08-06", "published"),
    ),
    "DEMO-ACTA-03-2018": (
        ("2018-08-16", "draft"),
        ("2018-08-17", "under_review"),
        ("2018-08-20", "observed"),
        ("2018-08-21", "under_review"),
        ("2018-08-23", "observed"),
        ("2018-08-24", "under_review"),
        ("2018-08-27", "approved"),
        ("2018-08-29", "signed"),
        ("2018-08-31", "published"),
    ),
    "DEMO-ACTA-05-2018": (
        ("2018-11-26", "draft"),
        ("2018-11-27", "under_review"),
        ("2018-11-29", "approved"),
        ("2018-12-03", "signed"),
        ("2018-12-05", "published"),
    ),
    "DEMO-ACTA-06-2019": (
        ("2019-04-02", "draft"),
        ("2019-04-03", "under_review"),
        ("2019-04-08", "approved"),
        ("2019-04-12", "signed"),
        ("2019-04-16", "published"),
    ),
}
"""By code of the minutes."""
TRANSITIONS: dict[str, Changes] = {
    "TG-2018-ST": (
        ("2018-08-13", "planned"),
        ("2018-08-20", "preparing"),
        ("2018-10-31", "ready"),
        ("2018-11-15", "in_transfer"),
        ("2018-12-21", "reported"),
        ("2018-12-28", "signed"),
        ("2019-01-11", "complemented"),
        ("2019-01-21", "closed"),
    ),
    "TG-2018-QU": (
        ("2018-08-13", "planned"),
        ("2018-08-22", "preparing"),
        ("2018-10-30", "ready"),
        ("2018-11-16", "in_transfer"),
        ("2018-12-20", "reported"),
        ("2018-12-27", "signed"),
        ("2019-01-10", "complemented"),
        ("2019-01-18", "closed"),
    ),
    "TG-2018-CA": (
        ("2018-08-14", "planned"),
        ("2018-08-24", "preparing"),
        ("2018-11-05", "ready"),
        ("2018-11-19", "in_transfer"),
        ("2018-12-19", "reported"),
        ("2018-12-28", "signed"),
        ("2019-01-22", "closed"),
    ),
    "TG-2018-LI": (
        ("2018-08-14", "planned"),
        ("2018-08-27", "preparing"),
        ("2018-11-06", "ready"),
        ("2018-11-20", "in_transfer"),
        ("2018-12-21", "reported"),
        ("2018-12-31", "signed"),
        ("2019-01-15", "complemented"),
    ),
    "TG-2018-CO": (
        ("2018-08-15", "planned"),
        ("2018-08-29", "preparing"),
        ("2018-11-08", "ready"),
        ("2018-11-21", "in_transfer"),
        ("2018-12-24", "reported"),
        ("2018-12-31", "unsigned"),
    ),
    "TG-2018-CH": (
        ("2018-08-15", "planned"),
        ("2018-09-03", "preparing"),
        ("2018-11-12", "ready"),
        ("2018-11-21", "in_transfer"),
        ("2019-01-02", "not_delivered"),
        ("2019-02-08", "delivered_late"),
    ),
    "TG-2018-LL": (
        ("2018-08-16", "planned"),
        ("2018-09-05", "preparing"),
        ("2018-11-13", "ready"),
        ("2018-11-20", "in_transfer"),
        ("2018-12-26", "reported"),
        ("2018-12-31", "signed"),
    ),
    "TG-2018-VE": (
        ("2018-08-16", "planned"),
        ("2018-09-06", "preparing"),
        ("2018-11-14", "ready"),
        ("2018-11-21", "in_transfer"),
        ("2018-12-03", "not_required"),
    ),
    "TG-2022-ST": (
        ("2022-08-15", "planned"),
        ("2022-08-22", "preparing"),
        ("2022-10-28", "ready"),
        ("2022-11-15", "in_transfer"),
        ("2022-12-20", "reported"),
        ("2022-12-29", "signed"),
        ("2023-01-11", "complemented"),
        ("2023-01-18", "closed"),
    ),
    "TG-2022-QU": (
        ("2022-08-16", "planned"),
        ("2022-08-25", "preparing"),
        ("2022-11-03", "ready"),
        ("2022-11-16", "in_transfer"),
        ("2022-12-21", "reported"),
        ("2022-12-30", "signed"),
        ("2023-01-12", "complemented"),
        ("2023-01-19", "closed"),
    ),
}
"""By code of the handover: commissions within five business days of the proclamation.

The last day to register and publish after the elections of 2018, 22 January 2019, is not invented.
"""
FOLLOWING_ELECTIONS = "2018-10-15"
"""When the preparations of the handovers were recorded, once both governments were known."""
CUT_OFF, FROZEN = "2018-11-30", "2018-12-10"
"""The cut-off of the inventories, and the day on which they were frozen."""
DELIVERED, EXAMINED, ANSWERED, EXAMINED_AGAIN = "2018-12-12", "2018-12-14", "2018-12-17", "2018-12-19"
EXAMINED_LATE = "2019-02-15"
"""When the incoming team of Chamaca had looked through what came late."""
PRELIMINARY = "2018-10-22"
"""When the preliminary reports of the handovers that were closed were filed."""
COUNCIL_INFORMED = "2019-01-07"
"""When the re-elected authority of Velille informed its council, within ten days of its installation."""
DECIDED = "2019-01-25"
"""When Quiñota decided on what it had inherited."""
PLANS = {
    "drafted": "2015-03-02",
    "first concerted": "2015-09-14",
    "first reviewed": "2015-10-19",
    "first adopted": "2015-11-16",
    "first in_force": "2015-12-01",
    "updating": "2017-10-02",
    "assembly": "2018-03-12",
    "second concerted": "2018-03-23",
    "second reviewed": "2018-04-16",
    "second adopted": "2018-04-27",
    "second in_force": "2018-05-02",
    "led drafted": "2017-11-06",
    "led workshop": "2018-02-19",
    "led concerted": "2018-03-05",
    "led adopted": "2018-05-07",
    "led in_force": "2018-05-14",
    "led recognised": "2018-05-21",
}
"""What happened to the plans: to both versions of a concerted one, and to a local economic development plan (`led`)."""
CONCERTED_PLANS: Changes = (
    (PLANS["drafted"], "drafting"),
    (PLANS["first concerted"], "concerted"),
    (PLANS["first reviewed"], "reviewed"),
    (PLANS["first adopted"], "adopted"),
    (PLANS["first in_force"], "in_force"),
    (PLANS["updating"], "updating"),
    (PLANS["second in_force"], "in_force"),
)
LED_PLANS: Changes = (
    (PLANS["led drafted"], "drafting"),
    (PLANS["led concerted"], "concerted"),
    (PLANS["led adopted"], "adopted"),
    (PLANS["led in_force"], "in_force"),
)
BUDGETS: dict[str, Changes] = {
    "DEMO-PP-2020-QU": (
        ("2019-02-11", "regulated"),
        ("2019-02-25", "preparation"),
        ("2019-03-25", "concertation"),
        ("2019-05-20", "coordination"),
        ("2019-06-10", "formalised"),
        ("2020-01-15", "in_execution"),
    ),
    "DEMO-PP-2020-ST": (
        ("2019-02-12", "regulated"),
        ("2019-02-26", "preparation"),
        ("2019-03-26", "concertation"),
        ("2019-05-21", "coordination"),
        ("2019-06-11", "formalised"),
    ),
    "DEMO-PP-2020-CA": (("2019-02-13", "regulated"), ("2019-02-27", "preparation"), ("2019-03-27", "concertation")),
    "DEMO-PP-2020-LI": (("2019-02-14", "regulated"), ("2019-02-28", "preparation"), ("2019-03-28", "concertation")),
}
"""By code of the participatory budget."""


def held_on(session: str) -> str:
    """Return the day for which a session was called."""
    return SESSIONS[session][1][0]


def state_on(changes: Changes, day: str) -> str | None:
    """Return the state that an object has at the end of a day, by its table; nothing before it began."""
    return ([None, *(state for since, state in changes if since <= day)])[-1]
