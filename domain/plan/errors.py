"""Why a plan refuses a command."""

from domain.errors import Conflict, Invalid


class PlanNotOpen(Conflict):
    """The plan is in a state that does not allow the command."""

    en = "Plan {plan} is {state} since {since}; {command} needs it {needed}."
    es = "El plan {plan} está {state} desde el {since}; {command} requiere que esté {needed}."


class VersionNotOpen(Conflict):
    """The version on its way is at a stage that does not allow the command."""

    en = "Version {version} of plan {plan} is {state}; {command} needs it {needed}."
    es = "La versión {version} del plan {plan} está {state}; {command} requiere que esté {needed}."


class VersionFixed(Conflict):
    """The content of a version changes while it is drafted, and never once it was adopted."""

    en = "Version {version} of plan {plan} is {state}: {command} changes drafts only. Use {use} first."
    es = "La versión {version} del plan {plan} está {state}: {command} solo cambia lo que se formula. Use antes {use}."


class PlanDescendsFromItself(Conflict):
    """A plan is not built into one that is built into it, neither directly nor over others."""

    en = "{field}: plan {plan} is this one, or is built into it. Name a plan above it."
    es = "{field}: el plan {plan} es este mismo o se integra en él. Indique un plan superior."


class NoObjectives(Conflict):
    """A plan that is concerted says what it wants to reach."""

    en = "Version {version} of plan {plan} has no objectives. State them before it is concerted."
    es = "La versión {version} del plan {plan} no tiene objetivos. Regístrelos antes de concertarla."


class ConcertationWithoutRecord(Invalid):
    """Concertation is written down somewhere."""

    en = "Plan {plan}: name the minutes, or in {field} where the concertation is written down."
    es = "Plan {plan}: indique el acta o, en {field}, dónde consta la concertación."


class ReviewMissing(Conflict):
    """A version is adopted after a technical review, or says why without."""

    en = "Version {version} of plan {plan} was not reviewed. Record the review, or say in {field} why there is none."
    es = "La versión {version} del plan {plan} no tiene informe técnico. Regístrelo o diga en {field} por qué."


class ReviewNotMissing(Invalid):
    """There is nothing to waive."""

    en = "Version {version} of plan {plan} was reviewed. Leave {field} out."
    es = "La versión {version} del plan {plan} tiene informe técnico. Omita {field}."


class PlanValidityEnded(Invalid):
    """A version that enters into force is valid on that day."""

    en = "{field}: the validity would end on {until}, before {occurred_on}. Give a later day, or correct the horizon."
    es = "{field}: la vigencia terminaría el {until}, antes del {occurred_on}. Dé otra fecha o corrija el horizonte."


class HorizonNotLonger(Invalid):
    """An extension ends later than the validity that it extends."""

    en = "{field} {until} is not after {present}, until which plan {plan} is valid already."
    es = "{field} {until} no es posterior al {present}, hasta el cual ya rige el plan {plan}."


class UnknownOwnObjective(Invalid):
    """A command names an objective that the version does not have."""

    en = "{field}: version {version} of plan {plan} has no objective {code}. It has {objectives}."
    es = "{field}: la versión {version} del plan {plan} no tiene el objetivo {code}. Tiene {objectives}."


class UnknownAction(Invalid):
    """A command names an action that the version does not have."""

    en = "{field}: version {version} of plan {plan} has no action {code}. It has {actions}."
    es = "{field}: la versión {version} del plan {plan} no tiene la acción {code}. Tiene {actions}."


class UnknownOwnVersion(Invalid):
    """A command names a version that the plan does not have."""

    en = "{field}: plan {plan} has no version {version}. It has {versions}."
    es = "{field}: el plan {plan} no tiene la versión {version}. Tiene {versions}."


class ObjectiveInUse(Conflict):
    """An objective that something refers to does not leave its version."""

    en = "Objective {code} of version {version} of plan {plan} is named by {by}. Change that first."
    es = "El objetivo {code} de la versión {version} del plan {plan} es señalado por {by}. Cambie eso antes."


class NotAChild(Conflict):
    """A plan decides on the priorities of plans that are built into it."""

    en = "{field}: version {version} of plan {child} is built into {found}, not into version {parent} of {plan}."
    es = "{field}: la versión {version} del plan {child} se integra en {found}, no en la versión {parent} de {plan}."


class DestinationMissing(Invalid):
    """A priority that is adopted or merged goes into an objective of the parent."""

    en = "A priority that is {disposition} goes into an objective of plan {plan}. Name it in {field}."
    es = "Una prioridad {disposition} pasa a un objetivo del plan {plan}. Indíquelo en {field}."


class DestinationNotTaken(Invalid):
    """A priority that is deferred or rejected goes nowhere."""

    en = "A priority that is {disposition} goes into no objective of plan {plan}. Leave {field} out."
    es = "Una prioridad {disposition} no pasa a ningún objetivo del plan {plan}. Omita {field}."


class PriorityDecidedSo(Conflict):
    """A new decision on a priority decides something else."""

    en = "The priority {code} of plan {child} is {disposition} already. Correct that fact if it is wrong."
    es = "La prioridad {code} del plan {child} ya está {disposition}. Corrija ese hecho si es erróneo."


class SuccessorNotInForce(Conflict):
    """A plan gives way to one that has been adopted."""

    en = "{field}: on {occurred_on} plan {successor} was {state}. Adopt it first."
    es = "{field}: al {occurred_on} el plan {successor} estaba {state}. Apruébelo antes."


class PlanSucceedsItself(Conflict):
    """A plan does not take its own place, neither directly nor over others."""

    en = "{field}: plan {successor} is this one, or gave way to it. Name another."
    es = "{field}: el plan {successor} es este mismo o fue sustituido por él. Indique otro."


class AlreadyHandedOver(Conflict):
    """A plan is handed over to an administration once."""

    en = "Plan {plan} was handed over to administration {administration} on {handed_over_on}."
    es = "El plan {plan} se entregó a la gestión {administration} el {handed_over_on}."


class AlreadyRatified(Conflict):
    """An administration ratifies a version once."""

    en = "Administration {administration} ratified plan {plan} on {ratified_on}."
    es = "La gestión {administration} ratificó el plan {plan} el {ratified_on}."


class AlreadyRecognised(Conflict):
    """A plan is recognised as public policy once."""

    en = "Plan {plan} was recognised as public policy on {recognised_on}."
    es = "El plan {plan} fue reconocido como política pública el {recognised_on}."


class RatifierNotInOffice(Conflict):
    """Only an administration in office ratifies a plan."""

    en = "{field}: administration {administration} is in office from {from_day} to {until}, not on {occurred_on}."
    es = "{field}: la gestión {administration} ejerce del {from_day} al {until}, no el {occurred_on}."


class AdministrationOfAnother(Conflict):
    """The administration that ratifies is of the institution that owns or adopted the plan."""

    en = "{field}: administration {administration} is of {institution}, which neither owns nor adopted plan {plan}."
    es = "{field}: la gestión {administration} es de {institution}, que no es titular ni aprobó el plan {plan}."


class RatifiedByItsAuthor(Conflict):
    """A plan is ratified by another administration than the one that adopted it."""

    en = "{field}: administration {administration} was in office when plan {plan} was adopted, on {adopted_on}."
    es = "{field}: la gestión {administration} ejercía cuando se aprobó el plan {plan}, el {adopted_on}."


class UnknownTransition(Invalid):
    """A command names a transition that is not recorded."""

    en = "{field} names {id}, which is no recorded transition. Plan it first, or check the id."
    es = "{field} indica {id}, que no es una transferencia registrada. Regístrela primero o revise el identificador."
