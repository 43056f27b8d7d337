"""Why a participatory budget refuses a command."""

from domain.errors import Conflict, Invalid


class BudgetOfYearExists(Conflict):
    """A municipality has one participatory budget for a fiscal year."""

    en = "{municipality} has a participatory budget for {fiscal_year}: {other}. Record there, or correct the year."
    es = "{municipality} ya tiene presupuesto participativo de {fiscal_year}: {other}. Regístrelo ahí o corrija el año."


class ParticipatoryBudgetNotOpen(Conflict):
    """The participatory budget is in a phase that does not allow the command."""

    en = "Participatory budget {budget} is {state} since {since}; {command} needs it {needed}."
    es = "El presupuesto participativo {budget} está {state} desde el {since}; {command} requiere: {needed}."


class CeilingMissing(Conflict):
    """Priorities are set within a ceiling."""

    en = "Participatory budget {budget} has no ceiling. Record it with set-ceiling first."
    es = "El presupuesto participativo {budget} no tiene techo. Regístrelo antes con set-ceiling."


class CeilingExceeded(Conflict):
    """The priorities cost more than the ceiling."""

    en = "{field}: the priorities cost {cost} {currency}, {over} more than the ceiling of {ceiling}. Leave some out."
    es = "{field}: las prioridades cuestan {cost} {currency}, {over} más que el techo de {ceiling}. Retire alguna."


class BudgetCurrencyDiffers(Invalid):
    """All amounts of a participatory budget are in one currency."""

    en = "{field} is in {currency}, but participatory budget {budget} is in {expected}. Use that currency."
    es = "{field} está en {currency}, pero el presupuesto participativo {budget} está en {expected}. Use esa moneda."


class AgentRegisteredAlready(Conflict):
    """An organization takes part once."""

    en = "{organization} is an agent since {registered_on}. Correct that fact if it is wrong."
    es = "{organization} es agente participante desde el {registered_on}. Corrija ese hecho si es erróneo."


class NotAnAgent(Conflict):
    """Only agents propose, vote and sit on the oversight committee."""

    en = "{field} names {organization}, which was no agent of {budget} on {occurred_on}. Register it as one."
    es = "{field} indica {organization}, que no era agente de {budget} el {occurred_on}. Regístrela como tal."


class NoAgents(Conflict):
    """Nobody takes part."""

    en = "Participatory budget {budget} has no agents. Register them before concertation starts."
    es = "El presupuesto participativo {budget} no tiene agentes. Regístrelos antes de iniciar la concertación."


class TechnicalTeamMissing(Conflict):
    """Proposals are evaluated by a technical team."""

    en = "Participatory budget {budget} has no technical team. Name it with name-technical-team first."
    es = "El presupuesto participativo {budget} no tiene equipo técnico. Regístrelo antes con name-technical-team."


class WorkshopKeyTaken(Conflict):
    """Another workshop has this key."""

    en = "Workshop {key} of {budget} was held on {held_on}. Choose another key, or correct that fact."
    es = "El taller {key} de {budget} se realizó el {held_on}. Elija otra clave o corrija ese hecho."


class ProposalCodeTaken(Conflict):
    """Another proposal of the budget has this code."""

    en = "Proposal {proposal} of {budget} was submitted on {submitted_on}. Choose another code, or correct that fact."
    es = "La propuesta {proposal} de {budget} se presentó el {submitted_on}. Elija otro código o corrija ese hecho."


class UnknownProposal(Invalid):
    """A command names a proposal that was not submitted."""

    en = "{field} names {proposal}, which was no proposal of {budget} on {occurred_on}. Submit it first."
    es = "{field} indica {proposal}, que no era propuesta de {budget} el {occurred_on}. Preséntela primero."


class ProposalTakenBack(Conflict):
    """The proposal was withdrawn."""

    en = "Proposal {proposal} was withdrawn: {reason} Void that fact if it is wrong."
    es = "La propuesta {proposal} fue retirada: {reason} Anule ese hecho si es erróneo."


class ExplanationMissing(Invalid):
    """Whoever finds a proposal infeasible explains why."""

    en = "Proposal {proposal} is found infeasible without an explanation. Say why in {field}."
    es = "La propuesta {proposal} se declara no viable sin explicación. Indique por qué en {field}."


class ProposalNotFeasible(Conflict):
    """Votes and priorities are for proposals that were found feasible."""

    en = "{field}: proposal {proposal} is {state}. Only proposals found feasible are voted on and prioritised."
    es = "{field}: la propuesta {proposal} está {state}. Solo se votan y priorizan propuestas viables."


class ProposalPrioritised(Conflict):
    """The proposal is among the priorities."""

    en = "Proposal {proposal} is among the priorities. Set them without it, or use replace-priority once formalised."
    es = "La propuesta {proposal} está priorizada. Fije las prioridades sin ella o use replace-priority ya formalizado."


class ProposalNotPrioritised(Conflict):
    """The proposal is not among the priorities."""

    en = "{field}: proposal {proposal} is not among the priorities of {budget}. They are {priorities}."
    es = "{field}: la propuesta {proposal} no está entre las prioridades de {budget}. Son {priorities}."


class AgentVotedAlready(Conflict):
    """An agent votes once."""

    en = "{agent} voted on {cast_on}. Correct that ballot if it is wrong."
    es = "{agent} votó el {cast_on}. Corrija esa votación si es errónea."


class PrioritiesMissing(Conflict):
    """There is nothing to coordinate or to formalise."""

    en = "Participatory budget {budget} has no priorities. Record them with set-priorities first."
    es = "El presupuesto participativo {budget} no tiene prioridades. Regístrelas antes con set-priorities."


class OversightCommitteeMissing(Conflict):
    """Execution is watched by a committee of agents."""

    en = "Participatory budget {budget} has no oversight committee. Record its election with elect-committee first."
    es = "El presupuesto participativo {budget} no tiene comité de vigilancia. Registre antes su elección."


class FiscalYearNotBegun(Conflict):
    """A budget is executed in its fiscal year."""

    en = "Fiscal year {fiscal_year} of {budget} had not begun on {occurred_on}."
    es = "El año fiscal {fiscal_year} de {budget} no había comenzado el {occurred_on}."


class CarriedOverAlready(Conflict):
    """A proposal becomes one project and one commitment."""

    en = "Proposal {proposal} became project {project} and commitment {commitment}."
    es = "La propuesta {proposal} ya es el proyecto {project} y el compromiso {commitment}."


class NothingToCarryOver(Conflict):
    """Every priority has become a project and a commitment."""

    en = "Every priority of {budget} has become a project and a commitment. There is nothing to carry over."
    es = "Cada prioridad de {budget} ya es un proyecto y un compromiso. No hay nada que trasladar."


class OutcomeNotRecorded(Invalid):
    """What a proposal became is no recorded object."""

    en = "{field} names {id}, which was no recorded {kind} on {occurred_on}. Record it first, or use carry-over."
    es = "{field} indica {id}, que no estaba registrado ({kind}) el {occurred_on}. Regístrelo antes o use carry-over."
