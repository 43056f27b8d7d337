"""The three tracks of the 32 projects: every change of state, and its day. All of it is invented.

A project came up on the day on which its commitment was agreed. The script carries this out; a test asks the record.
"""

from typing import NamedTuple

Track = tuple[tuple[str, str], ...]


class Tracks(NamedTuple):
    """What became of a project at the table, as an investment, and on the ground."""

    table: Track
    investment: Track
    works: Track


PROJECTS: dict[str, Tracks] = {
    "DEMO-TRA-ST": Tracks(
        table=(("2018-08-15", "eligible_for_funding"), ("2018-08-31", "funded"), ("2018-09-03", "in_execution")),
        investment=(("2018-08-15", "approved"),),
        works=(("2018-08-15", "not_started"), ("2018-09-03", "running"), ("2020-11-17", "finished")),
    ),
    "DEMO-TRA-CA": Tracks(
        table=(
            ("2018-08-15", "prioritised"),
            ("2019-01-12", "eligible_for_funding"),
            ("2019-02-04", "funded"),
            ("2019-02-11", "in_execution"),
        ),
        investment=(("2018-08-15", "viable"), ("2019-01-22", "approved")),
        works=(("2018-08-15", "not_started"), ("2019-02-11", "running")),
    ),
    "DEMO-TRA-CH": Tracks(
        table=(("2018-08-15", "pending"), ("2019-03-29", "prioritised"), ("2019-07-22", "eligible_for_funding")),
        investment=(("2018-08-15", "viable"), ("2019-08-05", "approved")),
        works=(("2018-08-15", "not_started"),),
    ),
    "DEMO-TRA-CO": Tracks(
        table=(("2018-08-15", "new"), ("2018-11-22", "pending"), ("2019-03-29", "prioritised")),
        investment=(("2018-08-15", "formulation"), ("2019-10-10", "viable")),
        works=(("2018-08-15", "not_started"),),
    ),
    "DEMO-TRA-LI": Tracks(
        table=(("2018-08-15", "new"), ("2018-11-22", "pending")),
        investment=(("2018-08-15", "idea"), ("2019-05-13", "formulation")),
        works=(("2018-08-15", "not_started"),),
    ),
    "DEMO-TRA-LL": Tracks(
        table=(
            ("2018-08-15", "prioritised"),
            ("2019-02-02", "eligible_for_funding"),
            ("2019-02-25", "funded"),
            ("2019-03-04", "in_execution"),
        ),
        investment=(("2018-08-15", "viable"), ("2019-02-12", "approved")),
        works=(("2018-08-15", "not_started"), ("2019-03-04", "running")),
    ),
    "DEMO-TRA-QU": Tracks(
        table=(("2018-08-15", "new"), ("2018-11-22", "pending"), ("2019-03-29", "prioritised")),
        investment=(("2018-08-15", "formulation"), ("2019-10-19", "viable")),
        works=(("2018-08-15", "not_started"),),
    ),
    "DEMO-TRA-VE": Tracks(
        table=(("2018-08-15", "eligible_for_funding"), ("2018-11-16", "funded"), ("2018-11-19", "in_execution")),
        investment=(("2018-08-15", "approved"),),
        works=(("2018-08-15", "not_started"), ("2018-11-19", "running"), ("2019-09-10", "halted")),
    ),
    "DEMO-VIV-ST": Tracks(
        table=(("2018-08-15", "eligible_for_funding"), ("2018-10-12", "funded"), ("2018-10-15", "in_execution")),
        investment=(("2018-08-15", "approved"),),
        works=(("2018-08-15", "not_started"), ("2018-10-15", "running")),
    ),
    "DEMO-VIV-CA": Tracks(
        table=(("2018-08-15", "new"), ("2018-11-22", "pending")),
        investment=(("2018-08-15", "idea"), ("2019-05-01", "formulation")),
        works=(("2018-08-15", "not_started"),),
    ),
    "DEMO-VIV-CH": Tracks(
        table=(("2018-08-15", "eligible_for_funding"), ("2018-11-02", "funded"), ("2018-11-05", "in_execution")),
        investment=(("2018-08-15", "approved"),),
        works=(("2018-08-15", "not_started"), ("2018-11-05", "running"), ("2020-09-20", "finished")),
    ),
    "DEMO-VIV-CO": Tracks(
        table=(("2018-08-15", "pending"), ("2019-03-29", "prioritised"), ("2019-09-30", "eligible_for_funding")),
        investment=(("2018-08-15", "viable"), ("2019-10-14", "approved")),
        works=(("2018-08-15", "not_started"),),
    ),
    "DEMO-VIV-LI": Tracks(
        table=(("2018-08-15", "new"), ("2019-03-29", "pending")),
        investment=(("2018-08-15", "idea"),),
        works=(("2018-08-15", "not_started"),),
    ),
    "DEMO-VIV-LL": Tracks(
        table=(("2018-08-15", "new"), ("2018-11-22", "pending"), ("2019-03-29", "prioritised")),
        investment=(("2018-08-15", "formulation"), ("2019-10-13", "viable")),
        works=(("2018-08-15", "not_started"),),
    ),
    "DEMO-VIV-QU": Tracks(
        table=(
            ("2018-08-15", "prioritised"),
            ("2019-03-09", "eligible_for_funding"),
            ("2019-04-01", "funded"),
            ("2019-04-08", "in_execution"),
        ),
        investment=(("2018-08-15", "viable"), ("2019-03-19", "approved")),
        works=(("2018-08-15", "not_started"), ("2019-04-08", "running")),
    ),
    "DEMO-VIV-VE": Tracks(
        table=(("2018-08-15", "new"), ("2018-11-22", "pending")),
        investment=(("2018-08-15", "idea"), ("2019-05-19", "formulation")),
        works=(("2018-08-15", "not_started"),),
    ),
    "DEMO-EDU-ST": Tracks(
        table=(("2018-08-15", "pending"), ("2019-03-29", "prioritised"), ("2019-08-19", "eligible_for_funding")),
        investment=(("2018-08-15", "viable"), ("2019-09-02", "approved")),
        works=(("2018-08-15", "not_started"),),
    ),
    "DEMO-EDU-CA": Tracks(
        table=(
            ("2018-08-15", "prioritised"),
            ("2019-02-16", "eligible_for_funding"),
            ("2019-03-11", "funded"),
            ("2019-03-18", "in_execution"),
        ),
        investment=(("2018-08-15", "viable"), ("2019-02-26", "approved")),
        works=(("2018-08-15", "not_started"), ("2019-03-18", "running")),
    ),
    "DEMO-EDU-CH": Tracks(
        table=(("2018-08-15", "new"), ("2018-11-22", "pending"), ("2019-03-29", "prioritised")),
        investment=(("2018-08-15", "formulation"), ("2019-10-01", "viable")),
        works=(("2018-08-15", "not_started"),),
    ),
    "DEMO-EDU-CO": Tracks(
        table=(
            ("2018-08-15", "eligible_for_funding"),
            ("2018-09-28", "funded"),
            ("2018-10-01", "in_execution"),
            ("2020-02-20", "concluded"),
        ),
        investment=(("2018-08-15", "approved"), ("2020-06-15", "closed")),
        works=(
            ("2018-08-15", "not_started"),
            ("2018-10-01", "running"),
            ("2019-12-03", "finished"),
            ("2019-12-13", "received"),
        ),
    ),
    "DEMO-EDU-LI": Tracks(
        table=(("2018-08-15", "new"), ("2018-11-22", "pending")),
        investment=(("2018-08-15", "idea"), ("2019-05-07", "formulation")),
        works=(("2018-08-15", "not_started"),),
    ),
    "DEMO-EDU-LL": Tracks(
        table=(("2018-08-15", "new"), ("2019-03-29", "pending")),
        investment=(("2018-08-15", "idea"),),
        works=(("2018-08-15", "not_started"),),
    ),
    "DEMO-EDU-QU": Tracks(
        table=(
            ("2018-08-15", "prioritised"),
            ("2019-04-20", "eligible_for_funding"),
            ("2019-05-13", "funded"),
            ("2019-05-20", "in_execution"),
        ),
        investment=(("2018-08-15", "viable"), ("2019-04-30", "approved")),
        works=(
            ("2018-08-15", "not_started"),
            ("2019-05-20", "running"),
            ("2021-08-16", "halted"),
            ("2023-05-08", "running"),
        ),
    ),
    "DEMO-EDU-VE": Tracks(
        table=(
            ("2018-08-15", "prioritised"),
            ("2019-03-02", "eligible_for_funding"),
            ("2019-03-25", "funded"),
            ("2019-04-01", "in_execution"),
        ),
        investment=(("2018-08-15", "viable"), ("2019-03-12", "approved")),
        works=(("2018-08-15", "not_started"), ("2019-04-01", "running"), ("2021-03-05", "finished")),
    ),
    "DEMO-AGR-ST": Tracks(
        table=(("2018-08-15", "new"), ("2018-11-22", "pending"), ("2019-03-29", "prioritised")),
        investment=(("2018-08-15", "formulation"), ("2019-10-19", "viable")),
        works=(("2018-08-15", "not_started"),),
    ),
    "DEMO-AGR-CA": Tracks(
        table=(("2018-08-15", "pending"), ("2019-03-29", "prioritised"), ("2019-07-01", "eligible_for_funding")),
        investment=(("2018-08-15", "viable"), ("2019-07-15", "approved")),
        works=(("2018-08-15", "not_started"),),
    ),
    "DEMO-AGR-CH": Tracks(
        table=(("2018-08-15", "new"), ("2018-11-22", "pending")),
        investment=(("2018-08-15", "idea"), ("2019-05-25", "formulation")),
        works=(("2018-08-15", "not_started"),),
    ),
    "DEMO-AGR-CO": Tracks(
        table=(("2018-08-15", "eligible_for_funding"), ("2018-11-09", "funded"), ("2018-11-12", "in_execution")),
        investment=(("2018-08-15", "approved"),),
        works=(("2018-08-15", "not_started"), ("2018-11-12", "running")),
    ),
    "DEMO-AGR-LI": Tracks(
        table=(("2018-08-15", "eligible_for_funding"), ("2018-11-30", "funded"), ("2018-12-03", "in_execution")),
        investment=(("2018-08-15", "approved"),),
        works=(("2018-08-15", "not_started"), ("2018-12-03", "running"), ("2020-12-01", "finished")),
    ),
    "DEMO-AGR-LL": Tracks(
        table=(("2018-08-15", "eligible_for_funding"), ("2018-10-19", "funded"), ("2018-10-22", "in_execution")),
        investment=(("2018-08-15", "approved"),),
        works=(("2018-08-15", "not_started"), ("2018-10-22", "running"), ("2018-12-17", "halted")),
    ),
    "DEMO-AGR-QU": Tracks(
        table=(("2018-08-15", "new"), ("2019-03-29", "dismissed")),
        investment=(("2018-08-15", "idea"), ("2019-04-15", "deactivated")),
        works=(("2018-08-15", "not_started"),),
    ),
    "DEMO-AGR-VE": Tracks(
        table=(
            ("2018-08-15", "prioritised"),
            ("2019-05-11", "eligible_for_funding"),
            ("2019-06-03", "funded"),
            ("2019-06-10", "in_execution"),
        ),
        investment=(("2018-08-15", "viable"), ("2019-05-21", "approved")),
        works=(("2018-08-15", "not_started"), ("2019-06-10", "running")),
    ),
}
"""By the code of the commitment that each project serves."""
