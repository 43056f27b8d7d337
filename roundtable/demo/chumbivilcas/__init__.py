"""Chumbivilcas: 166 million PEN for 32 projects, promised in 2018."""

from roundtable.demo.chumbivilcas.answers import answers
from roundtable.demo.chumbivilcas.recall import PartlyLoaded, Story, recall
from roundtable.demo.chumbivilcas.script import ANNOUNCEMENT, script
from roundtable.demo.telling import Tell, Teller
from roundtable.installation import Installation

__all__ = ["NAME", "answers", "load"]
NAME = "chumbivilcas"


def load(installation: Installation, tell: Tell) -> Story:
    """Record the story, or find it recorded already and change nothing.

    :raises PartlyLoaded: loading stopped in the middle before.
    """
    teller = Teller(installation)
    if (story := recall(teller.asker, NAME, fresh=False)) is not None:
        return story
    steps = script()
    for done, step in enumerate(steps, 1):
        teller.tell(step)
        tell(done, len(steps), NAME)
    loaded = recall(teller.asker, NAME, fresh=True)
    if loaded is None:
        raise PartlyLoaded(NAME, ANNOUNCEMENT)
    return loaded
