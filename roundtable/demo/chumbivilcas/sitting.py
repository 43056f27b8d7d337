"""Carrying out the tables of sessions and minutes: each change of state as the commands that bring it about."""

from collections.abc import Iterator
from typing import Any

from roundtable.demo.chumbivilcas import calendar
from roundtable.demo.chumbivilcas.minutes import WRITTEN, text_of
from roundtable.demo.chumbivilcas.organizations import PROVINCIAL
from roundtable.demo.chumbivilcas.sessions import SITTINGS, Sitting
from roundtable.demo.chumbivilcas.steps import invented
from roundtable.demo.chumbivilcas.workshops import WORKSHOPS
from roundtable.demo.telling import Document, Ref, Step, digest

ALL = SITTINGS | WORKSHOPS
REFUSED = {"DEMO-ACTA-06-2019": ("minera", "La empresa pide que conste su posición sobre el Punto 1 (ficticio)")}
"""Seats that would not sign, and why."""
ERRATUM = ("DEMO-ACTA-03-2018", "2018-09-20", "En la página 6, fila 31: dice «riego», debe decir «riego tecnificado».")


def sittings() -> Iterator[Step]:
    """Yield the sessions, and the minutes of those that have some."""
    for code, sitting in ALL.items():
        yield from _sat(code, sitting)
    for code, session in WRITTEN.items():
        yield from _written(code, session)
    code, day, words = ERRATUM
    yield invented("minutes.issue_correction", code, day, kind="erratum", text=words)


def _sat(code: str, sitting: Sitting) -> Iterator[Step]:
    last = calendar.SESSIONS[code][-1]
    opened = False
    for change in calendar.SESSIONS[code]:
        day, state = change
        match state:
            case "convened":
                yield _call(code, sitting, day)
            case "open" if not opened:
                opened = True
                yield from _attendance(code, sitting, day)
                yield invented("session.open", code, day)
            case "recessed":
                yield invented("session.recess", code, day, until=last[0])
            case "open":
                yield invented("session.resume", code, day)
            case "failed_quorum":
                yield from _attendance(code, sitting, day)
                yield invented("session.declare_quorum_failed", code, day)
            case _:
                yield from _closed(code, sitting, day)


def _call(code: str, sitting: Sitting, day: str) -> Step:
    said: dict[str, Any] = {
        "code": code,
        "roundtable": Ref(sitting.table),
        "type": sitting.type,
        "scheduled_on": calendar.held_on(code),
        "number": sitting.number,
        "place": sitting.place,
        "medium": "Oficio múltiple (ficticio)",
        "agenda": list(sitting.agenda),
    }
    if sitting.second_call_of:
        said["second_call_of"] = Ref(sitting.second_call_of)
    return invented("session.convene", code, day, **said)


def _attendance(code: str, sitting: Sitting, day: str) -> Iterator[Step]:
    for seat in sitting.present:
        capacity = "alternate" if seat in sitting.alternates else "principal"
        yield invented("session.record_attendance", code, day, seat=seat, capacity=capacity, arrived="09:00")


def _closed(code: str, sitting: Sitting, day: str) -> Iterator[Step]:
    for outcome in sitting.outcomes:
        yield invented("session.record_outcome", code, day, **outcome.said())
    if sitting.people:
        people, women = sitting.people
        said: dict[str, Any] = {"people": people, "women": women, "men": people - women}
        if sitting.quechua:
            said |= {"languages": [{"language": "qu", "people": sitting.quechua}], "interpreted": ["qu"]}
        yield invented("session.record_participation", code, day, **said)
    following = {"next_session_on": sitting.next_on} if sitting.next_on else {}
    yield invented("session.close", code, day, **following)


def _written(code: str, session: str) -> Iterator[Step]:
    version, states = 1, [state for _, state in calendar.MINUTES[code]]
    for place, (day, state) in enumerate(calendar.MINUTES[code]):
        match state:
            case "draft":
                yield _draft(code, session, day)
            case "under_review":
                if states[place - 1] == "observed":
                    version += 1
                    text = Document(text_of(code, version))
                    yield invented("minutes.revise", code, day, text=text)
                yield invented("minutes.circulate", code, day)
            case "observed":
                reason = f"Falta precisar las filas de la matriz, versión {version} (ficticio)"
                yield invented("minutes.observe", code, day, seat="mvcs", reason=reason)
            case "approved":
                yield invented("minutes.approve", code, day, voice=PROVINCIAL)
            case "signed":
                yield from _signed(code, session, day, text_of(code, version))
            case _:
                yield invented("minutes.publish", code, day, file=Document(text_of(code, version, signed=True)))


def _draft(code: str, session: str, day: str) -> Step:
    number = code.removeprefix("DEMO-ACTA-")
    said = {"session": Ref(session), "number": number, "text": Document(text_of(code, 1)), "code": code}
    return invented("minutes.draft", code, day, **said)


def _signed(code: str, session: str, day: str, text: str) -> Iterator[Step]:
    refusing, reason = REFUSED.get(code, (None, ""))
    for seat in ALL[session].present:
        if seat == refusing:
            yield invented("minutes.refuse_signature", code, day, seat=seat, reason=reason)
        else:
            yield invented("minutes.sign", code, day, seat=seat, text=digest(text))
