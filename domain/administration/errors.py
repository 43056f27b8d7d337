"""Why an administration refuses a command."""

from domain.errors import Conflict, Invalid


class TermsOverlap(Conflict):
    """Two terms of one institution have days in common."""

    en = "The term {from_day} to {until} overlaps that of {other}, {other_from} to {other_until}. Shorten one of them."
    es = (
        "El periodo {from_day} a {until} se cruza con el de {other}, {other_from} a {other_until}. Acorte uno de ellos."
    )


class ChosenAfterTermBegan(Invalid):
    """An administration is chosen before its term begins, or on its first day."""

    en = "{field} {occurred_on} is after the term began, on {from_day}. Give the day of the election or appointment."
    es = "{field} {occurred_on} es posterior al inicio del periodo, el {from_day}. Indique el día de la elección."


class InstitutionDiffers(Conflict):
    """An administration follows another one of the same institution."""

    en = "{other} is an administration of {found}, not of {expected}. Both must be of the same institution."
    es = "{other} es una gestión de {found}, no de {expected}. Ambas deben ser de la misma institución."


class PredecessorEndsLater(Conflict):
    """A predecessor ends before its successor begins, or on the same day."""

    en = "{predecessor} ends on {until}, after {successor} begins on {from_day}. Correct one of the terms."
    es = "{predecessor} termina el {until}, después de que {successor} comienza el {from_day}. Corrija un periodo."


class PrecedesItself(Conflict):
    """An administration cannot follow itself, neither directly nor over others."""

    en = "{predecessor} comes after this administration itself, so it cannot be its predecessor."
    es = "{predecessor} es posterior a esta misma gestión, así que no puede ser su predecesora."


class PredecessorMissing(Invalid):
    """Whoever is re-elected governed before."""

    en = "A re-elected administration continues a predecessor. Name it in {field}."
    es = "Una gestión reelegida continúa a una predecesora. Indíquela en {field}."


class AlreadyProclaimed(Conflict):
    """The administration was proclaimed before."""

    en = "The administration was proclaimed on {proclaimed_on}. Correct that fact if it is wrong."
    es = "La gestión fue proclamada el {proclaimed_on}. Corrija ese hecho si es erróneo."


class AlreadyTookOffice(Conflict):
    """The administration took office before."""

    en = "The administration took office on {took_office_on}. Correct that fact if it is wrong."
    es = "La gestión asumió el {took_office_on}. Corrija ese hecho si es erróneo."


class AlreadyReelected(Conflict):
    """The administration is recorded as re-elected already."""

    en = "The administration is recorded as re-elected already."
    es = "La gestión ya está registrada como reelegida."


class OutsideTerm(Conflict):
    """The term does not have the day that the command needs."""

    en = "{command} on {occurred_on} does not fit the term {from_day} to {until}."
    es = "{command} del {occurred_on} no corresponde al periodo {from_day} a {until}."


class TermNotShortened(Invalid):
    """A shortened term ends after it began and earlier than before."""

    en = "{field} {given} does not shorten the term {from_day} to {until}: give a day between them."
    es = "{field} {given} no acorta el periodo {from_day} a {until}: indique un día intermedio."
