"""What is wrong with a value, in Spanish: the messages of the validator."""

from typing import Any

_INVALID = {
    "missing": "Falta este campo",
    "extra_forbidden": "Este campo no existe aquí",
    "string_type": "Debe ser un texto",
    "string_too_long": "El texto puede tener como máximo {max_length} caracteres",
    "string_too_short": "El texto debe tener al menos {min_length} caracteres",
    "string_pattern_mismatch": "El texto no tiene la forma {pattern}",
    "int_type": "Debe ser un número entero",
    "int_parsing": "Debe ser un número entero",
    "int_from_float": "Debe ser un número entero",
    "bool_parsing": "Debe ser true o false",
    "less_than_equal": "Debe ser como máximo {le}",
    "greater_than_equal": "Debe ser como mínimo {ge}",
    "literal_error": "Debe ser uno de: {expected}",
    "enum": "Debe ser uno de: {expected}",
    "uuid_type": "Debe ser un identificador UUID",
    "uuid_parsing": "Debe ser un identificador UUID",
    "too_short": "La lista debe tener al menos {min_length} elementos",
    "too_long": "La lista puede tener como máximo {max_length} elementos",
    "tuple_type": "Debe ser una lista",
    "list_type": "Debe ser una lista",
    "dict_type": "Debe ser un objeto",
    "model_type": "Debe ser un objeto",
    "model_attributes_type": "Debe ser un objeto",
    "date_from_datetime_parsing": "Debe ser una fecha AAAA-MM-DD",
    "date_type": "Debe ser una fecha AAAA-MM-DD",
    "timezone_aware": "Debe llevar su diferencia horaria, como -05:00",
    "value_error": "No es válido: {error}",
}


def invalid(kind: str, message: str, about: dict[str, Any]) -> str:
    """Return what a validation error says in Spanish; the English message where we have no words for it."""
    template = _INVALID.get(kind)
    if template is None:
        return message
    try:
        return template.format_map(about)
    except KeyError:
        return message
