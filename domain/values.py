"""Values that commands take and events keep: strict where they come in, lenient where they are read again.

A `Value` is declared once. Commands validate it with pydantic, constraints and all; events decode it with msgspec by
type alone, so that what was once recorded always loads.
"""

from functools import cache
from typing import Any, Self, get_type_hints

import msgspec
from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, create_model
from pydantic_core import CoreSchema, core_schema


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """An immutable value. Subclasses may override `prepare` and `checked`."""

    @classmethod
    def prepare(cls, raw: Any) -> Any:
        """Look at what a caller sent before its fields are validated.

        :raises ValueError: it is of another shape, and there is something useful to say about it.
        """
        return raw

    def checked(self) -> Self:
        """Check what spans several fields and return the value in its normal form.

        :raises ValueError: the fields contradict each other.
        """
        return self

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Validate as the model of the same fields, refusing unknown ones."""
        inner = handler.generate_schema(model_of(cls))
        fields = cls.__struct_fields__

        def build(model: Any) -> Value:
            return cls(**{name: getattr(model, name) for name in fields}).checked()

        after = core_schema.no_info_after_validator_function(build, inner)

        def accept(raw: Any) -> Any:
            return msgspec.to_builtins(raw) if isinstance(raw, cls) else cls.prepare(raw)

        return core_schema.no_info_before_validator_function(
            accept, after, serialization=core_schema.plain_serializer_function_ser_schema(msgspec.to_builtins)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Describe the value by the model of the same fields."""
        return handler(model_of(cls).__pydantic_core_schema__)


@cache
def model_of(struct: type[msgspec.Struct]) -> type[BaseModel]:
    """Return the pydantic model with the fields, constraints and defaults of a struct."""
    hints = get_type_hints(struct, include_extras=True)
    fields: dict[str, Any] = {}
    for field in msgspec.structs.fields(struct):
        default: Any = field.default
        if field.default_factory is not msgspec.NODEFAULT:
            default = field.default_factory()
        about: Any = Field(... if default is msgspec.NODEFAULT else default, alias=field.encode_name)
        fields[field.name] = (hints[field.name], about)
    config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)
    return create_model(struct.__name__, __config__=config, __doc__=struct.__doc__, **fields)
