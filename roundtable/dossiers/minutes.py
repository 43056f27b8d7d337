"""The minutes of a session: who was there, what was on the agenda, what came of it word for word, who signed."""

from collections.abc import Iterable, Iterator

from domain.session.types import AgendaEntry, Outcome, Participation, SessionState, Stay
from roundtable.dossiers import cells
from roundtable.dossiers.anchors import UNANCHORED
from roundtable.dossiers.sitting import Sitting
from roundtable.dossiers.words import Speaker
from roundtable.printing import Document, Section, Signature, Table
from roundtable.printing.document import Cell, Language

Row = list[Cell]


def minutes_document(found: Sitting, language: Language) -> Document:
    """Return the minutes of a session as a document. What was said stays in the language in which it was said."""
    speaker = Speaker(language)
    session = found.session
    made_up = found.minutes.illustrative or (session.illustrative if session else ())
    settled = {*found.minutes.signed_by, *found.minutes.refused_by}
    attended = session.attended if session else ()
    return Document(
        language=language,
        dated=found.moment.day,
        title=speaker.say("minutes.title", number=found.minutes.number),
        subtitle=" · ".join(filter(None, [found.table.name if found.table else None, found.minutes.code])),
        facts=list(_facts(speaker, found)),
        sections=[
            *([_attendance(speaker, found, session), _agenda(speaker, found, session)] if session else []),
            *([_outcomes(speaker, found, session)] if session else []),
            _signatures(speaker, found),
            *_corrections(speaker, found),
        ],
        anchor=UNANCHORED,
        banner=speaker.say("illustrative.whole") if made_up else "",
        signatures=[
            Signature(speaker.say("for.seat", seat=seat), found.holder(seat))
            for seat in attended
            if seat not in settled
        ],
    )


def _facts(speaker: Speaker, found: Sitting) -> Iterator[tuple[str, Cell]]:
    if found.table:
        yield speaker.say("roundtable"), found.table.name
    if session := found.session:
        parts = [session.number or session.code, speaker.name(session.type)]
        parts += [speaker.state("session", session.status.value)]
        yield speaker.say("session"), ", ".join(filter(None, parts))
        yield speaker.say("held_on"), session.held_on
        place = session.place or session.medium
        yield speaker.say("modality"), ", ".join(filter(None, [speaker.name(session.modality), place]))
    if found.quorum:
        phrase = "quorum.reached" if found.quorum.reached else "quorum.missed"
        counts = {"present": found.quorum.present, "required": found.quorum.required}
        yield speaker.say("quorum"), speaker.say(phrase, **counts)
    current = found.minutes.current
    yield speaker.say("text_of"), speaker.say("text_version", number=current.number, document=current.text)
    yield speaker.say("state"), speaker.state("minutes", found.minutes.status.value)


def _attendance(speaker: Speaker, found: Sitting, session: SessionState) -> Section:
    rows = [_stay(speaker, found, stay) for stay in session.attendance]
    seats = found.table.seats if found.table else ()
    absent = [f"{one.key} ({found.names.name(one.organization)})" for one in seats if one.key not in session.attended]
    said = [speaker.say("absent", seats="; ".join(absent))] if absent else []
    said += _counts(speaker, session.participation)
    columns = cells.columns(
        speaker, ("seat", 1.2), ("represents", 3.6), ("capacity", 1.2), ("vote", 0.7), ("arrived", 1.4), ("left", 1.4)
    )
    return Section(speaker.say("attendance"), said, Table(columns, rows, speaker.say("none.attendance")))


def _stay(speaker: Speaker, found: Sitting, stay: Stay) -> Row:
    seat = found.seat(stay.seat)
    left = f"{cells.day(speaker, stay.left_on)} {stay.left or ''}".strip() if stay.left_on else None
    return [
        stay.seat,
        found.names.name(stay.representing) or found.holder(stay.seat),
        speaker.name(stay.capacity),
        speaker.say("yes" if seat and seat.vote else "no"),
        f"{cells.day(speaker, stay.arrived_on)} {stay.arrived or ''}".strip(),
        left,
    ]


def _counts(speaker: Speaker, counts: Participation | None) -> list[str]:
    if counts is None or counts.people is None:
        return []
    named = ((name, getattr(counts, name)) for name in ("women", "men", "youth", "indigenous"))
    parts = [speaker.say(name, count=count) for name, count in named if count is not None]
    parts += [
        speaker.say("speak", count=one.people, language=speaker.name(f"language.{one.language}"))
        for one in counts.languages
    ]
    if not parts:
        return [speaker.say("participation.only", people=counts.people)]
    return [speaker.say("participation", people=counts.people, parts=", ".join(parts))]


def _agenda(speaker: Speaker, found: Sitting, session: SessionState) -> Section:
    rows: list[Row] = [[one.key, _titled(speaker, one), found.came_from(one)] for one in session.all_items]
    waiver = session.agenda_waiver
    said = [speaker.say("agenda.waived", reason=waiver.reason)] if waiver else []
    columns = cells.columns(speaker, ("item", 1.2), ("about", 5), ("carried_over", 2.4))
    return Section(speaker.say("agenda"), said, Table(columns, rows, speaker.say("none.agenda")))


def _titled(speaker: Speaker, one: AgendaEntry) -> str:
    gone = one.withdrawn_on is not None
    return f"{one.title} ({speaker.say('withdrawn', reason=one.withdrawn_reason)})" if gone else one.title


def _outcomes(speaker: Speaker, found: Sitting, session: SessionState) -> Section:
    rows: list[Row] = [
        [
            f"{one.key} ({speaker.name(one.type)})",
            one.agenda_item,
            _literal(speaker, one),
            "; ".join(_decided(speaker, found, one)) or None,
        ]
        for one in session.outcomes
    ]
    after = session.next_session_on
    said = [speaker.say("next_session", day=cells.day(speaker, after))] if after else []
    columns = cells.columns(speaker, ("outcome", 1.5), ("item", 1.0), ("literal", 4.6), ("decided", 2.8))
    return Section(speaker.say("outcomes"), said, Table(columns, rows, speaker.say("none.outcomes")))


def _literal(speaker: Speaker, one: Outcome) -> str:
    foreign = one.language != speaker.language
    return f"«{one.text}»" + (f" ({speaker.name(f'language.{one.language}')})" if foreign else "")


def _decided(speaker: Speaker, found: Sitting, one: Outcome) -> Iterator[str]:
    if one.votes is not None:
        cast = {"for_": one.votes.for_, "against": one.votes.against, "abstain": one.votes.abstain}
        yield speaker.say("votes", **{name: _seats(seats) for name, seats in cast.items()})
    elif one.decision is not None:
        yield speaker.say(one.decision) if one.decision == "consensus" else speaker.name(one.decision)
    for dissent in one.dissents:
        yield speaker.say("dissent", seat=dissent.seat, reason=dissent.reason)
    if one.responsibles:
        yield speaker.say("by", who=", ".join(found.names.names(one.responsibles)))
    if one.deadline:
        yield speaker.say("by_day", day=cells.day(speaker, one.deadline))


def _seats(seats: Iterable[str]) -> str:
    named = list(seats)
    return f"{len(named)} ({', '.join(named)})" if named else "0"


def _signatures(speaker: Speaker, found: Sitting) -> Section:
    rows: list[Row] = [
        [one.seat, found.holder(one.seat), speaker.say("signed"), speaker.name(one.mode), one.signed_on]
        for one in found.minutes.signatures
    ]
    rows += [
        [one.seat, found.holder(one.seat), speaker.say("refused"), one.reason, one.refused_on]
        for one in found.minutes.refusals
        if one.seat in found.minutes.refused_by
    ]
    columns = cells.columns(speaker, ("seat", 1.2), ("represents", 3.4), ("state", 1.4), ("mode", 2.6), ("day", 1.1))
    return Section(speaker.say("signatures"), (), Table(columns, rows, speaker.say("none.signatures")))


def _corrections(speaker: Speaker, found: Sitting) -> Iterator[Section]:
    if found.minutes.corrections:
        rows: list[Row] = [
            [speaker.name(one.kind), f"«{one.text}»", one.occurred_on] for one in found.minutes.corrections
        ]
        columns = cells.columns(speaker, ("kind", 1.4), ("literal", 6), ("day", 1.1))
        yield Section(speaker.say("corrections"), (), Table(columns, rows, ""))
