"""A headline sentence composed from the fields of a record, never copied from an article. Pure."""

from collections.abc import Iterator, Sequence
from typing import Final

from schemas.actors import agree
from schemas.claim import Actor
from schemas.countries import country_name
from schemas.extraction import Figure, Place, Victim
from schemas.incident import Attribution
from schemas.taxonomy import ActorKind, EventType, Stance
from services.store.attributions import party, party_name

_NOUN_BY_MODE: Final[dict[tuple[EventType, str], str]] = {
    (EventType.ASSAULT, "aerial"): "Air strike",
    (EventType.ASSAULT, "drone"): "Drone strike",
    (EventType.ASSAULT, "firearms"): "Shooting",
    (EventType.ASSAULT, "explosives"): "Bombing",
    (EventType.ASSAULT, "suicide-attack"): "Suicide bombing",
    (EventType.ASSAULT, "heavy-weapons"): "Shelling",
    (EventType.ASSAULT, "clash"): "Clash",
    (EventType.ASSAULT, "abduct"): "Abduction",
    (EventType.ASSAULT, "targeted"): "Targeted killing",
    (EventType.ASSAULT, "destroy"): "Destruction of property",
    (EventType.ASSAULT, "primitive"): "Knife or hand-weapon attack",
    (EventType.ASSAULT, "beat"): "Beating",
    (EventType.ASSAULT, "torture"): "Torture",
    (EventType.ASSAULT, "sexual"): "Sexual violence",
    (EventType.ASSAULT, "crowd-control"): "Force against a crowd",
    (EventType.ASSAULT, "unconventional"): "Chemical or unconventional attack",
    (EventType.PROTEST, "demo"): "Demonstration",
    (EventType.PROTEST, "riot"): "Riot",
    (EventType.PROTEST, "strike"): "Strike",
    (EventType.PROTEST, "hunger"): "Hunger strike",
    (EventType.COERCE, "arrest"): "Arrest",
    (EventType.COERCE, "deport"): "Deportation",
    (EventType.COERCE, "curfew"): "Curfew",
    (EventType.COERCE, "seize"): "Seizure",
    (EventType.COERCE, "displace"): "Displacement",
    (EventType.RETREAT, "ceasefire"): "Ceasefire",
    (EventType.RETREAT, "withdraw"): "Withdrawal",
    (EventType.RETREAT, "resign"): "Resignation",
    (EventType.RETREAT, "release"): "Release",
    (EventType.SANCTION, "convict"): "Conviction",
}
_NOUN_BY_TYPE: Final[dict[EventType, str]] = {
    EventType.ASSAULT: "Attack",
    EventType.PROTEST: "Protest",
    EventType.COERCE: "Coercion",
    EventType.SANCTION: "Sanctions",
    EventType.AGREE: "Agreement",
    EventType.CONSULT: "Talks",
    EventType.RETREAT: "Retreat",
    EventType.MOBILIZE: "Mobilisation",
    EventType.ACCIDENT: "Accident",
    EventType.DISASTER: "Disaster",
    EventType.AID: "Aid",
}


def noun(event_type: EventType | None, mode: str | None) -> str:
    """The noun for a type and mode: "Air strike", "Flood", "News event" for none."""
    if event_type is None:
        return "News event"
    if mode is not None and (event_type, mode) in _NOUN_BY_MODE:
        return _NOUN_BY_MODE[event_type, mode]
    if event_type in (EventType.ACCIDENT, EventType.DISASTER) and mode is not None:
        return mode.capitalize()
    return _NOUN_BY_TYPE.get(event_type, event_type.value.capitalize())


def headline(
    *,
    event_type: EventType | None,
    mode: str | None,
    place: Place | None,
    fatalities: Figure,
    injured: Figure,
    victims: Sequence[Victim],
    found: Sequence[Attribution],
) -> str:
    """What, how many, where; then who blames whom and who denies."""
    group = _group(victims)
    toll = _toll(fatalities, injured, group)
    parts = [noun(event_type, mode), toll, _where(place)]
    sentence = " ".join(part for part in parts if part)
    voices = _voices(found)
    return f"{sentence}; {', '.join(voices)}" if voices else sentence


def _toll(fatalities: Figure, injured: Figure, group: str) -> str:
    killed, hurt = _span(fatalities), _span(injured)
    if killed and hurt:
        return f"kills {killed}{group}, injures {hurt}"
    if killed:
        return f"kills {killed}{group}"
    if hurt:
        return f"injures {hurt}{group}"
    return ""


def _span(figure: Figure) -> str:
    if figure.best is None or not figure.high:
        return ""
    if figure.low is not None and figure.low != figure.high:
        return f"{figure.low}–{figure.high}"
    return str(figure.best)


def _group(victims: Sequence[Victim]) -> str:
    groups = [
        v for v in victims if v.group and v.role == "victim" and v.status in (None, "killed", "injured")
    ]
    if not groups:
        return ""
    largest = max(groups, key=lambda v: (v.count or 0, v.nationality is not None))
    nationality = f" {largest.nationality}" if largest.nationality else ""
    if largest.nationality and largest.group and largest.group.startswith(largest.nationality):
        nationality = ""
    return f"{nationality} {largest.group}"


def _where(place: Place | None) -> str:
    if place is None:
        return ""
    names = [place.name, place.admin1]
    shown = [name for index, name in enumerate(names) if name and name not in names[:index]]
    if len(shown) < 2 and place.country:
        shown.append(country_name(place.country) or place.country)
    if not shown:
        return ""
    near = "near" if place.name and place.contained_in else "in"
    return f"{near} {', '.join(dict.fromkeys(shown))}"


UNHEARD: Final = frozenset(
    {ActorKind.OUTLET, ActorKind.UNKNOWN, ActorKind.PERSON, ActorKind.WITNESS, ActorKind.CROWD}
)
"""Kinds whose word on responsibility is in the record but not in its headline."""


def _voices(found: Sequence[Attribution], most: int = 4) -> list[str]:
    """Who blames whom, then who denies; a denial is never crowded out."""
    denials = list(
        dict.fromkeys(
            _saying(voice.claimant, "denies")
            for one in found
            for voice in one.deniers
            if voice.current and _is_heard(voice.claimant)
        )
    )
    blames = list(dict.fromkeys(_blames(found)))
    room = max(most - len(denials), 2)
    return [*blames[:room], *denials[: most - len(blames[:room])]]


def _blames(found: Sequence[Attribution]) -> Iterator[str]:
    for one in found:
        accused = party_name(one.actor)
        for voice in one.supporters:
            if not voice.current or not _is_heard(voice.claimant):
                continue
            if party(voice.claimant) == party(one.actor):
                yield f"{accused} {agree(accused, 'claims')} responsibility"
            elif voice.stance is Stance.ATTRIBUTES:
                yield f"{_saying(voice.claimant, 'blames')} {accused}"


def _is_heard(claimant: Actor) -> bool:
    """An official of nobody knows whom is left to the record."""
    return claimant.kind not in UNHEARD and not (
        claimant.kind is ActorKind.OFFICIAL and claimant.country is None
    )


def _saying(actor: Actor, verb: str) -> str:
    name = party_name(actor)
    return f"{name} {agree(name, verb)}"
