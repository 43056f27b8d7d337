"""Every refusal speaks both languages, says what to do, and shows the same values in each."""

import string

import pytest

from api.errors import STATUS
from domain.aggregate import KINDS
from domain.commitment.types import Status
from domain.errors import SPANISH, DomainError, Words
from domain.minutes.types import Status as MinutesStatus
from domain.organization.types import OrganizationStatus
from domain.participatory_budget.types import Status as BudgetStatus
from domain.plan.types import Stage as PlanStage
from domain.plan.types import Status as PlanStatus
from domain.project.tracks import Investment, Table, Works
from domain.session.types import Status as SessionStatus
from domain.transition.types import Status as TransitionStatus
from tests.contract.test_commands import errors

ERRORS = [cls for cls in errors().values() if "en" in cls.__dict__ or not cls.__subclasses__()]


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("error", ERRORS, ids=lambda e: e.__name__)
def test_an_error_says_the_same_in_both_languages(error):
    assert "en" in error.__dict__, "an error has its own sentence"
    assert "es" in error.__dict__, "a sentence in English has one in Spanish"
    assert error.en != error.es
    assert placeholders(error.en) == placeholders(error.es)
    assert error.en.endswith((".", "{problems}."))
    assert error.es.endswith((".", "{problems}."))


@pytest.mark.parametrize("error", ERRORS, ids=lambda e: e.__name__)
def test_an_error_is_of_one_kind_and_documented(error):
    assert set(error.__mro__) & STATUS.keys(), "an error has a status"
    assert (error.__doc__ or "").strip().endswith(".")


@pytest.mark.parametrize(
    "status",
    [
        *Status,
        *OrganizationStatus,
        *SessionStatus,
        *MinutesStatus,
        *TransitionStatus,
        *PlanStatus,
        *PlanStage,
        *BudgetStatus,
        *Table,
        *Investment,
        *Works,
    ],
)
def test_every_state_has_its_own_spanish_word(status):
    assert status.es
    assert status.es != status.value
    assert len({s.es for s in type(status)}) == len(type(status))


def test_every_kind_of_object_has_a_spanish_word():
    assert KINDS.keys() <= SPANISH.keys()


def test_a_phrase_is_said_in_the_language_of_the_message():
    class DoorClosed(DomainError):
        """The door is closed."""

        en = "The {kind} door is {how}."
        es = "La puerta de {kind} está {how}."

    refusal = DoorClosed(kind="commitment", how=Words("closed", "cerrada"))
    assert str(refusal) == refusal.message("en") == refusal.message("qu") == "The commitment door is closed."
    assert refusal.message("es") == "La puerta de compromiso está cerrada."
    assert refusal.values == {"kind": "commitment", "how": "closed"}
