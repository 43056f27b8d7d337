"""Every word that is printed, in Spanish and English. What was recorded is printed as it was recorded."""

import tomllib
from importlib.resources import files

from domain.clocks import Words
from domain.commitment.types import Status as CommitmentStatus
from domain.minutes.types import Status as MinutesStatus
from domain.participatory_budget.types import Status as BudgetStatus
from domain.plan.types import Status as PlanStatus
from domain.project.tracks import Investment, Table, Works
from domain.session.types import Status as SessionStatus
from domain.transition.types import Status as TransitionStatus
from roundtable.printing.document import Language

PHRASES: dict[str, tuple[str, str]] = {
    key: (said["es"], said["en"])
    for key, said in tomllib.loads(files(__package__).joinpath("phrases.toml").read_text(encoding="utf-8")).items()
}
"""By phrase: Spanish, English."""
STATES = {
    str(state.value): state.es
    for kind in (BudgetStatus, SessionStatus, MinutesStatus, PlanStatus, TransitionStatus)
    for state in kind
}
OF_KIND = {
    "commitment": {state.value: state.es for state in CommitmentStatus},
    "table": {state.value: state.es for state in Table},
    "investment": {state.value: state.es for state in Investment},
    "works": {state.value: state.es for state in Works},
    "plan": {state.value: state.es for state in PlanStatus} | {"expired": "vencido"},
    "budget": {state.value: state.es for state in BudgetStatus},
}
"""States of kinds that share the names of some, by kind."""


class Speaker:
    """Says things in one language."""

    def __init__(self, language: Language) -> None:
        """Speak Spanish or English."""
        self.language: Language = language

    def say(self, phrase: str, **values: object) -> str:
        """Return a phrase with its values."""
        spanish, english = PHRASES[phrase]
        return (spanish if self.language == "es" else english).format(**values)

    def name(self, code: str | None) -> str:
        """Return the name of something that the record knows by a code, such as a capacity; else the code, readable."""
        if code is None:
            return "—"
        if f"name.{code}" in PHRASES:
            return self.say(f"name.{code}")
        high, above, low = code.partition("_above_")
        if above:
            return self.say("above", high=self.name(high), low=self.name(low))
        return code.replace("_", " ")

    def state(self, kind: str, code: str) -> str:
        """Return the name of a state of a kind."""
        spanish = OF_KIND.get(kind, STATES).get(code)
        return spanish if spanish and self.language == "es" else self.name(code)

    def of(self, words: Words) -> str:
        """Return a text that is written in both languages."""
        return words.es if self.language == "es" else words.en
