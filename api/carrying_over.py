"""The route of carrying over: /v1/participatory-budgets/{id}/carry-over."""

import msgspec
from fastapi import Request
from fastapi.responses import Response

from api import access
from api.bodies import CommandRoute
from api.commands import IdempotencyKey, IfMatch, expected_versions, identify
from api.reading import POSITION, ObjectName
from domain.participatory_budget import ParticipatoryBudget
from domain.values import model_of
from projections import participatory_budgets
from roundtable.carrying_over import CarryOver, CarryOverReceipt, carry_over
from roundtable.deciding import Deciding
from roundtable.idempotency import Key, Once

DESCRIPTION = """
Every priority that has become nothing yet becomes a commitment of the municipality and a project, both aligned with the
objective that the proposal cites; the commitment names the participatory budget and the proposal in `origin`. With
that, it is recorded what each became. All of it is one decision with one correlation: when anything is refused, nothing
is recorded. Codes are the budget's with the proposal's (`DEMO-PP-2020-DEMO-P1`), where there is one and it fits.

Refused:

- `participatory-budget-not-open`: it is not formalised, or accounted for.
- `nothing-to-carry-over`: every priority has become something.
- `code-taken`: another commitment or project has one of the codes.
- `unknown-organization`: the follow-up body is not recorded.
- `organization-ended`: the municipality or the follow-up body had ended by then.
- `deadline-before-commitment`: the deadline lies before `occurred_on`.
"""


def carry_over_priorities(
    request: Request,
    caller: access.MayRecord,
    id: ObjectName,
    *,
    body: CarryOver,
    if_match: IfMatch = None,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Make a project and a commitment of every priority, in one decision."""
    given = request.headers.getlist("if-match") if if_match is not None else []
    key = Key(caller.token, request.url.path, idempotency_key, caller.seal) if idempotency_key else None

    def decide(deciding: Deciding) -> CarryOverReceipt:
        one = identify(request, ParticipatoryBudget, id, participatory_budgets.find)
        return carry_over(deciding, id=one, body=body, expected=expected_versions(given))

    once = Once(key, body, CarryOverReceipt) if key else None
    receipt = request.app.state.installation.app.decide(decide, caller=caller, once=once)
    headers = {"ETag": f'"{receipt.version}"', POSITION: str(receipt.position)}
    return Response(msgspec.json.encode(receipt), 200, headers, "application/json")


ROUTE = CommandRoute(
    "/v1/participatory-budgets/{id}/carry-over",
    carry_over_priorities,
    methods=["POST"],
    response_model=model_of(CarryOverReceipt),
    operation_id="participatory-budget.carry-over",
    summary="Make a project and a commitment of every priority, in one decision.",
    description=DESCRIPTION,
    tags=["ParticipatoryBudget"],
)
"""The route, written by hand, since it carries out commands of three aggregates."""
