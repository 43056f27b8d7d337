"""Why a cell, a row or a whole matrix is refused. `field` is the column."""

from domain.errors import Invalid


class MatrixUnreadable(Invalid):
    """The file is no matrix that can be read."""

    en = "The file cannot be read as CSV: {problem}."
    es = "El archivo no se puede leer como CSV: {problem}."


class MatrixRefused(Invalid):
    """Rows of a matrix were refused, so that nothing of it was recorded."""

    en = "{refused} of {rows} rows are refused; nothing was recorded. The report names each with its reason."
    es = "Se rechazan {refused} de {rows} filas; no se registró nada. El informe indica cada una con su motivo."


class ColumnUnknown(Invalid):
    """A matrix has a column that nobody knows what to do with."""

    en = "There is no column {field}. Did you mean {near}? The documentation of the matrix lists all."
    es = "No existe la columna {field}. ¿Quiso decir {near}? La documentación de la matriz las enumera."


class ColumnRepeated(Invalid):
    """A matrix has a column twice."""

    en = "The column {field} stands twice. Leave one of them."
    es = "La columna {field} figura dos veces. Deje una sola."


class ColumnMissing(Invalid):
    """A matrix lacks the column that rows are told apart by."""

    en = "The column {field} is missing: rows are told apart by it. The first row of the file names the columns."
    es = "Falta la columna {field}, que distingue las filas. La primera fila del archivo nombra las columnas."


class CellsSurplus(Invalid):
    """A row has more cells than the matrix has columns."""

    en = "The row has {cells} cells for {columns} columns. Put cells with separators in them between quotation marks."
    es = "La fila tiene {cells} celdas para {columns} columnas. Ponga entre comillas las celdas que tengan separadores."


class CellEmpty(Invalid):
    """A row lacks what a commitment cannot do without."""

    en = "{field} is empty, and a commitment cannot be registered without it."
    es = "{field} está vacío y sin ello no se puede registrar un compromiso."


class CellInvalid(Invalid):
    """A cell holds what its column does not take."""

    en = "{value} does not fit {field}: {problem}."
    es = "{value} no corresponde a {field}: {problem}."


class WordUnknown(Invalid):
    """A cell holds a word that is none of those its column takes."""

    en = "{value} is not a word of {field}. It takes: {known}."
    es = "{value} no es una palabra de {field}. Admite: {known}."


class AmountAmbiguous(Invalid):
    """An amount can be read in two ways."""

    en = "{value} may mean {one} or {other}. Write it with decimals, or without separators of thousands."
    es = "{value} puede ser {one} o {other}. Escríbalo con decimales o sin separadores de miles."


class AmountUnreadable(Invalid):
    """A cell holds no amount."""

    en = "{value} is no amount. Write 1234567.89, without sign or symbol; the currency has a column of its own."
    es = "{value} no es un monto. Escriba 1234567.89, sin signo ni símbolo; la moneda va en su propia columna."


class AmountNegative(Invalid):
    """An amount is less than nothing."""

    en = "{value} is negative. Amounts are promised, approved and executed in full, never below nought."
    es = "{value} es negativo. Los montos prometidos, aprobados y ejecutados nunca son menores que cero."


class CurrencyMissing(Invalid):
    """An amount stands without its currency."""

    en = "{field} is empty beside an amount. Write the ISO 4217 code, such as PEN."
    es = "{field} está vacío junto a un monto. Escriba el código ISO 4217, como PEN."


class DayUnreadable(Invalid):
    """A cell holds no day."""

    en = "{value} is no day. Write 2018-07-25 or 25/07/2018."
    es = "{value} no es una fecha. Escriba 2018-07-25 o 25/07/2018."


class NumberUnreadable(Invalid):
    """A cell holds no whole number."""

    en = "{value} is no whole number."
    es = "{value} no es un número entero."


class TerritoryUnlabelled(Invalid):
    """A territory has a code without the system it belongs to."""

    en = "{value} does not say whose code it is: INEI and RENIEC differ. Write PE-UBIGEO-INEI:080707."
    es = "{value} no dice de quién es el código: INEI y RENIEC difieren. Escriba PE-UBIGEO-INEI:080707."


class PartsUnreadable(Invalid):
    """A list in a cell is not written as its column wants it."""

    en = "{value} is not written as {field} wants it: {form}."
    es = "{value} no está escrito como lo requiere {field}: {form}."


class OrganizationNotFound(Invalid):
    """A row names an organization that is not recorded."""

    en = "No organization is recorded as {value}. Near it: {near}. Register it first, or use its code."
    es = "No hay organización registrada como {value}. Parecidas: {near}. Regístrela antes o use su código."


class NameNotInForce(Invalid):
    """A row names an organization by a name that it did not bear on that day."""

    en = "On {day} no organization bore the name {value}; {holder} did {since}. Use its code or its name then."
    es = "El {day} ninguna organización se llamaba {value}; {holder} sí {since}. Use su código o su nombre de entonces."


class NameAmbiguous(Invalid):
    """A name belongs to several organizations."""

    en = "Several organizations bear the name {value}: {holders}. Use a code."
    es = "Varias organizaciones se llaman {value}: {holders}. Use un código."


class ReferenceNotFound(Invalid):
    """A row names an object that is not recorded."""

    en = "{field} names {value}, and there is no such {kind}. Register it first, or put it into this file."
    es = "{field} indica {value} y no existe: {kind}. Regístrelo antes o inclúyalo en este archivo."


class WholeRefused(Invalid):
    """A row is part of one that is refused."""

    en = "{field} names {value}, which this file has in row {row}, and that row is refused."
    es = "{field} indica {value}, que en este archivo es la fila {row}, y esa fila se rechaza."


class CodeRepeated(Invalid):
    """A code stands in two rows of a matrix."""

    en = "{value} stands in row {row} already. A commitment has one row."
    es = "{value} ya figura en la fila {row}. Un compromiso tiene una sola fila."


class StateUnreachable(Invalid):
    """A matrix cannot bring a commitment into a state that takes more than a row says."""

    en = "A row cannot bring it from {state} to {value}: that takes more than a row says. Record it by its command."
    es = "Una fila no puede llevarlo de {state} a {value}: requiere más de lo que dice una fila. Use su orden."


class CannotRemove(Invalid):
    """A row leaves out what is recorded and cannot simply be dropped."""

    en = "{field} lacks {value}, which is recorded. A row adds; to take it back, correct or void its fact."
    es = "{field} no incluye {value}, que está registrado. Una fila agrega; para retirarlo, corrija o anule el hecho."


class CannotChange(Invalid):
    """A cell differs from what is recorded, and no command changes that alone."""

    en = "{field} is recorded as {recorded}; a row cannot make it {value}. Correct its fact."
    es = "{field} está registrado como {recorded}; una fila no puede cambiarlo a {value}. Corrija el hecho."


class ChangeNeedsReason(Invalid):
    """A change that needs a reason comes without one."""

    en = "{command} needs a reason: fill in {field}, or give one for the whole import."
    es = "{command} requiere un motivo: complete {field} o indique uno para toda la importación."


class ActMissing(Invalid):
    """A deadline is moved without the act that moves it."""

    en = "A deadline is moved by an act: fill in act_type, act_number, act_issuer and act_date."
    es = "Un plazo se amplía por una norma o acto: complete act_type, act_number, act_issuer y act_date."


class RowTooLarge(Invalid):
    """A row says more than one fact may hold."""

    en = "The row makes a fact of {size} bytes; one may have {most}. Put long texts into a document and cite it."
    es = "La fila produce un hecho de {size} bytes; puede tener {most}. Ponga textos largos en un documento y cítelo."
