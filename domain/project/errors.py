"""Why a project refuses a command."""

from domain.errors import Conflict, Invalid


class TrackElsewhere(Conflict):
    """The track that the command moves is in a state that does not allow it."""

    en = "Project {project} is {state} on its track {track} since {since}; {command} needs it {needed}."
    es = "El proyecto {project} está {state} ({track}) desde el {since}; {command} requiere que esté {needed}."


class DeactivatedForGood(Conflict):
    """An investment that was deactivated for good is not taken up again."""

    en = "The investment of {project} was deactivated for good on {since}. Register a new project."
    es = "La inversión de {project} se desactivó de forma permanente el {since}. Registre un nuevo proyecto."


class ReasonMissing(Invalid):
    """An investment that is closed unfinished has a reason."""

    en = "Closing {project} unfinished needs a reason. Send {field}."
    es = "Cerrar {project} sin culminar requiere un motivo. Envíe {field}."


class CuiAlreadyAssigned(Conflict):
    """A project has one unified investment code."""

    en = "Project {project} has the unified investment code {cui}. Correct the fact that assigned it."
    es = "El proyecto {project} tiene el código único de inversiones {cui}. Corrija el hecho que lo asignó."


class ProjectCurrencyDiffers(Invalid):
    """Value and budgets of a project are in one currency."""

    en = "{field} is in {currency}, but project {project} is in {expected}. Convert it, or correct the first amount."
    es = "{field} está en {currency}, pero el proyecto {project} está en {expected}. Conviértalo o corrija el primero."


class CutOffAhead(Invalid):
    """Figures cannot reach past the day on which they were stated."""

    en = "{field} {cut_off} is after {occurred_on}, the day on which the figures were stated."
    es = "{field} {cut_off} es posterior al {occurred_on}, el día en que se dieron las cifras."


class ProgressMissing(Invalid):
    """A report of progress says how far something is."""

    en = "The report on {project} says nothing. Send {field}, financial, or both."
    es = "El reporte de {project} no dice nada. Envíe {field}, financial o ambos."


class MilestoneKeyTaken(Conflict):
    """A milestone has a key of its own, for good."""

    en = "Project {project} has, or had, a milestone {milestone}. Choose another key."
    es = "El proyecto {project} tiene o tuvo un hito {milestone}. Elija otra clave."


class UnknownMilestone(Invalid):
    """The project has no milestone of this key."""

    en = "{field}: project {project} has no milestone {milestone} on that day. Plan it first, or check the key."
    es = "{field}: el proyecto {project} no tiene ese día el hito {milestone}. Prográmelo antes o revise la clave."


class MilestoneNotOpen(Conflict):
    """A milestone that was reached or cancelled is no longer to be reached."""

    en = "Milestone {milestone} of {project} was reached or cancelled on {ended_on}."
    es = "El hito {milestone} de {project} se alcanzó o se canceló el {ended_on}."


class ModificationChangesNothing(Invalid):
    """A modification changes something."""

    en = "{field} of project {project} is that already. Send what it changes to."
    es = "{field} del proyecto {project} ya es ese. Envíe el nuevo valor."


class ParticipantAlready(Conflict):
    """An organization takes part once in a capacity."""

    en = "{organization} takes part in {project} as {role} already."
    es = "{organization} ya participa en {project} como {role}."


class ParticipantNotThere(Conflict):
    """Who leaves took part."""

    en = "{organization} does not take part in {project} as {role} on that day."
    es = "{organization} no participa ese día en {project} como {role}."


class FunderNotThere(Conflict):
    """Who withdraws its funding funds the project."""

    en = "{organization} does not fund {project} on that day."
    es = "{organization} no financia {project} ese día."
