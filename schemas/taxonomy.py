"""Controlled vocabularies: PLOVER types and modes, stages, relations, stances, precisions, grades.

Sources: PLOVER manual draft 0.8b (2021) for types and modes; ACCIDENT and DISASTER are wirefold's
documented additions. ACLED sub-event labels are derived by `acled_sub_event`, null where ACLED has
none. UCDP GED codebook for `where_prec` and `date_prec`. Grade names are inspired by Airwars and
computed by published rules.
"""

from enum import StrEnum
from typing import Final


class EventType(StrEnum):
    """PLOVER event types, and wirefold's ACCIDENT and DISASTER."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    REJECT = "REJECT"
    ACCUSE = "ACCUSE"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"
    ACCIDENT = "ACCIDENT"
    DISASTER = "DISASTER"


MODES: Final[dict[EventType, tuple[str, ...]]] = {
    EventType.AGREE: (),
    EventType.CONSULT: ("visit", "third-party", "multilateral", "phone"),
    EventType.SUPPORT: (),
    EventType.CONCEDE: (),
    EventType.COOPERATE: (),
    EventType.AID: (),
    EventType.RETREAT: ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
    EventType.REQUEST: ("assist", "change", "yield", "meet"),
    EventType.REJECT: ("assist", "change", "yield", "meet", "deny"),
    EventType.ACCUSE: ("disapprove", "investigate", "allege"),
    EventType.THREATEN: ("restrict", "arrest", "relations", "expel", "territory", "violence"),
    EventType.PROTEST: ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
    EventType.SANCTION: ("convict", "expel", "withdraw", "discontinue"),
    EventType.MOBILIZE: ("troops", "weapons", "police", "militia"),
    EventType.COERCE: (
        "seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold",
        "misinformation", "cyber", "displace",
    ),
    EventType.ASSAULT: (
        "abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms",
        "explosives", "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control",
        "unconventional", "clash",
    ),
    EventType.ACCIDENT: (
        "crash", "derailment", "capsize", "fire", "explosion", "collapse", "industrial", "drowning",
    ),
    EventType.DISASTER: (
        "flood", "earthquake", "storm", "wildfire", "landslide", "avalanche", "volcano", "drought",
        "tsunami", "heat", "cold", "epidemic",
    ),
}  # fmt: skip
"""Modes by type. Local additions to PLOVER: REJECT/deny, COERCE/displace, ASSAULT/clash and all
modes of ACCIDENT and DISASTER (docs/vocabulary.md says why)."""

_ACLED_BY_TYPE: Final[dict[EventType, str | None]] = {
    EventType.AGREE: "Agreement",
    EventType.ASSAULT: "Attack",
    EventType.PROTEST: "Peaceful protest",
    EventType.RETREAT: "Other",
    EventType.MOBILIZE: "Change to group/activity",
    EventType.COERCE: "Other",
}
_ACLED_BY_MODE: Final[dict[tuple[EventType, str], str | None]] = {
    (EventType.ASSAULT, "abduct"): "Abduction/forced disappearance",
    (EventType.ASSAULT, "sexual"): "Sexual violence",
    (EventType.ASSAULT, "destroy"): "Looting/property destruction",
    (EventType.ASSAULT, "explosives"): "Remote explosive/landmine/IED",
    (EventType.ASSAULT, "suicide-attack"): "Suicide bomb",
    (EventType.ASSAULT, "aerial"): "Air/drone strike",
    (EventType.ASSAULT, "drone"): "Air/drone strike",
    (EventType.ASSAULT, "heavy-weapons"): "Shelling/artillery/missile attack",
    (EventType.ASSAULT, "crowd-control"): "Excessive force against protesters",
    (EventType.ASSAULT, "unconventional"): "Chemical weapon",
    (EventType.ASSAULT, "clash"): "Armed clash",
    (EventType.PROTEST, "riot"): "Violent demonstration",
    (EventType.PROTEST, "vandalize"): "Violent demonstration",
    (EventType.PROTEST, "boycott"): None,
    (EventType.COERCE, "arrest"): "Arrests",
    (EventType.COERCE, "seize"): "Looting/property destruction",
    (EventType.COERCE, "censor"): None,
    (EventType.COERCE, "misinformation"): None,
    (EventType.COERCE, "cyber"): None,
    (EventType.COERCE, "displace"): None,
    (EventType.RETREAT, "resign"): None,
    (EventType.RETREAT, "ceasefire"): "Agreement",
}


def acled_sub_event(event_type: EventType | None, mode: str | None) -> str | None:
    """The ACLED sub-event label of a PLOVER type and mode; None where ACLED codes no such event.

    Total over all types and modes. For column-compatible exports only: not coded by ACLED.
    """
    if event_type is None:
        return None
    if mode is not None and (event_type, mode) in _ACLED_BY_MODE:
        return _ACLED_BY_MODE[event_type, mode]
    return _ACLED_BY_TYPE.get(event_type)


class Relation(StrEnum):
    """What an extracted event is to its article."""

    MAIN = "main"
    OTHER = "other"
    BACKGROUND = "background"
    CUMULATIVE = "cumulative"
    RETALIATION = "retaliation"


class Stage(StrEnum):
    """Whether the event happened, as the article tells it."""

    HAPPENED = "happened"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"
    HISTORICAL = "historical"


class Stance(StrEnum):
    """How a claimant stands to the proposition of a claim."""

    ASSERTS = "asserts"
    ATTRIBUTES = "attributes"
    CLAIMS_RESPONSIBILITY = "claims_responsibility"
    DENIES = "denies"
    CONFIRMS = "confirms"
    DISPUTES_FIGURE = "disputes_figure"
    RETRACTS = "retracts"
    CONDEMNS = "condemns"
    REQUESTS = "requests"
    THREATENS = "threatens"


class About(StrEnum):
    """The field of an incident that a claim speaks of."""

    RESPONSIBILITY = "responsibility"
    FATALITIES = "fatalities"
    INJURED = "injured"
    CAUSE = "cause"
    PLACE = "place"
    DATE = "date"
    CIRCUMSTANCES = "circumstances"


class ActorKind(StrEnum):
    """What sort of actor speaks, acts or suffers."""

    STATE = "state"
    GOVERNMENT = "government"
    MINISTRY = "ministry"
    MILITARY = "military"
    POLICE = "police"
    OFFICIAL = "official"
    ARMED_GROUP = "armed_group"
    PARTY = "party"
    MONITOR = "monitor"
    ORGANISATION = "organisation"
    MEDICAL = "medical"
    WITNESS = "witness"
    OUTLET = "outlet"
    PERSON = "person"
    CROWD = "crowd"
    UNKNOWN = "unknown"


class EvidenceKind(StrEnum):
    """How a value follows from its evidence."""

    STATED = "stated"
    DERIVED = "derived"
    ASSUMED = "assumed"


class Grade(StrEnum):
    """How well an incident and its responsibility are established; rules in docs/grades.md."""

    CONFIRMED = "confirmed"
    FAIR = "fair"
    WEAK = "weak"
    CONTESTED = "contested"
    DISCOUNTED = "discounted"


DATE_PRECISION: Final = {1: "day", 2: "two to six days", 3: "week", 4: "month", 5: "year or more"}
"""UCDP date_prec."""

WHERE_PRECISION: Final = {
    1: "exact place",
    2: "within about 25 km",
    3: "second-level administrative area",
    4: "first-level administrative area",
    5: "vague, or part of a country",
    6: "country",
    7: "international waters or airspace",
}
"""UCDP where_prec."""
