"""The normalised actor of a phrase: its readable name, kind and country. Pure."""

import re
from collections.abc import Callable
from typing import Final

from schemas.claim import Actor
from schemas.taxonomy import ActorKind
from services.extract.components.actors.lexicon import Entry, Lexicon, Part
from services.extract.components.actors.mentions import ActorMention
from services.extract.components.actors.phrase import Phrase
from services.extract.components.actors.words import Words

_FORCES: Final = frozenset({Part.FORCE, Part.GEAR})
_GROUP_MEMBERS: Final = frozenset({Part.FORCE, Part.GEAR, Part.ATTACKER, Part.BODY})


def actor(words: Words, phrase: Phrase, lexicon: Lexicon) -> Actor | None:
    """Whom a phrase names, from its own words; None where they name nobody."""
    if phrase.entity is not None:
        return _of_entity(words, phrase, phrase.entity, lexicon)
    if phrase.head is not None:
        return _of_head(words, phrase, phrase.head, lexicon)
    if phrase.leader is not None:
        return Actor(name=phrase.leader.name, kind=ActorKind.OFFICIAL, country=phrase.leader.country)
    if phrase.name is not None:
        return Actor(name=_text(words, phrase.name), kind=ActorKind.PERSON, country=phrase.country)
    if phrase.country is not None:
        return Actor(name=lexicon.countries[phrase.country], kind=ActorKind.STATE, country=phrase.country)
    return None


def _of_entity(words: Words, phrase: Phrase, entity: Entry, lexicon: Lexicon) -> Actor:
    """A group, organisation or medium: who speaks or acts for it is it."""
    if entity.part is Part.STATE_MEDIA and entity.country:
        name = f"{lexicon.adjectives[entity.country]} state media"
        return Actor(name=name, kind=ActorKind.GOVERNMENT, country=entity.country)
    head = phrase.head
    if head is not None and entity.part is Part.ORGANISATION and head.part is Part.BODY and phrase.country:
        return _of_head(words, phrase, head, lexicon)
    return Actor(name=entity.name, kind=entity.kind, country=entity.country)


def _of_head(words: Words, phrase: Phrase, head: Entry, lexicon: Lexicon) -> Actor:
    body = next((h for h in reversed(phrase.heads) if h.part is Part.BODY), None)
    if head.part in {Part.OFFICE, Part.SOURCE, Part.ATTACKER} and body is not None:
        return _body(words, phrase, body, lexicon)
    fighters = next((h for h in phrase.heads if h.part is Part.ATTACKER), None)
    if head.part is Part.OFFICE and fighters is not None:
        return _plain(words, phrase, fighters, lexicon)
    if (
        phrase.leader is not None
        and head.part is Part.OFFICE
        and head.kind is ActorKind.OFFICIAL
        and body is None
    ):
        return Actor(name=phrase.leader.name, kind=ActorKind.OFFICIAL, country=phrase.leader.country)
    if phrase.name is not None:
        return Actor(name=_text(words, phrase.name), kind=_person_kind(head), country=phrase.country)
    if head.part is Part.BODY:
        return _body(words, phrase, head, lexicon)
    if head.part in _FORCES:
        return _forces(words, phrase, head, lexicon)
    if head.written.startswith(("state ", "state-", "official ", "government media", "national ")) and (
        head.kind is ActorKind.GOVERNMENT
    ):
        return _state_media(phrase, lexicon)
    return _plain(words, phrase, head, lexicon)


def _person_kind(head: Entry) -> ActorKind:
    return ActorKind.PERSON if head.part in {Part.FORCE, Part.ATTACKER} else head.kind


def _state_media(phrase: Phrase, lexicon: Lexicon) -> Actor:
    adjective = f"{lexicon.adjectives[phrase.country]} " if phrase.country else ""
    return Actor(name=f"{adjective}state media", kind=ActorKind.GOVERNMENT, country=phrase.country)


def _body(words: Words, phrase: Phrase, body: Entry, lexicon: Lexicon) -> Actor:
    kind = body.kind
    if body.kind is ActorKind.MILITARY and any(h.part is Part.ATTACKER for h in phrase.heads):
        kind = ActorKind.ARMED_GROUP
    if phrase.country is None:
        if kind is ActorKind.ARMED_GROUP and phrase.place is None and _ANY_GROUP.search(body.written):
            kind = ActorKind.CROWD
        name = _phrase_name(words, phrase, body) if body is phrase.head else body.written
        return Actor(name=name, kind=kind)
    return Actor(name=national_name(phrase.country, body.written, lexicon), kind=kind, country=phrase.country)


def _forces(words: Words, phrase: Phrase, head: Entry, lexicon: Lexicon) -> Actor:
    """Troops and warplanes act for their state, or for the rebels that they are said to belong to."""
    rebels = next(
        (h for h in phrase.heads if h.part is Part.ATTACKER or h.kind is ActorKind.ARMED_GROUP), None
    )
    if rebels is not None:
        return _plain(words, phrase, rebels, lexicon)
    police = next((h for h in phrase.heads if h.kind is ActorKind.POLICE), None)
    if police is not None:
        return _body(words, phrase, police, lexicon)
    body = next((h for h in phrase.heads if h.part is Part.BODY), None)
    if body is not None:
        return _body(words, phrase, body, lexicon)
    if phrase.country is None:
        return Actor(name=_phrase_name(words, phrase, head), kind=ActorKind.MILITARY)
    name = f"{lexicon.adjectives[phrase.country]} forces"
    return Actor(name=name, kind=ActorKind.MILITARY, country=phrase.country)


def _plain(words: Words, phrase: Phrase, head: Entry, lexicon: Lexicon) -> Actor:
    """As in "Turkish officials", "residents", "Maoist rebels": called as the article calls them."""
    kind = head.kind
    if head.part is Part.ATTACKER and phrase.country and _is_partisan(head) and head.written.endswith("s"):
        kind = ActorKind.ARMED_GROUP
    if phrase.country and kind in {ActorKind.OFFICIAL, ActorKind.POLICE}:
        return Actor(
            name=national_name(phrase.country, head.written, lexicon), kind=kind, country=phrase.country
        )
    name = _phrase_name(words, phrase, head) if head is phrase.head else head.written
    return Actor(name=name, kind=kind, country=phrase.country)


_PARTISANS: Final = re.compile(
    r"rebel|insurgen|milit|guerr?illa|jihad|terrorist|extremist|islamist|separatist|subversive|opposition|maoist|"
    r"leftist|rightist|sapper|traffick|drug|narco|loyalist|tribesm|pirate|settler"
)


_ANY_GROUP: Final = re.compile(
    r"^(?:group|organi[sz]ation|movement|faction|network|front|commando|gang|guerrilla|rebel|militant|terror|armed|insurg"
    r"|extremist|jihad|islamist|opposition|resistance|urban|separatists|criminal|splinter)"
)


def _is_partisan(head: Entry) -> bool:
    return _PARTISANS.search(head.written) is not None


def national_name(country: str, noun: str, lexicon: Lexicon) -> str:
    """As in "RU", "defense ministry" → "Russian Defence Ministry": one spelling for one body."""
    noun = noun.replace("defense", "defence").replace("centre", "center")
    if noun.startswith("ministry of "):
        noun = f"{noun.removeprefix('ministry of ').removeprefix('the ')} ministry".replace("affairs ", "")
    if noun == "regime":
        noun = "government"
    if "ministry" in noun or "department" in noun:
        noun = noun.title()
    return f"{lexicon.adjectives[country]} {noun}"


def national(country: str, phrase: Phrase, lexicon: Lexicon) -> Actor:
    """The state's own army, government … where a phrase gives the noun alone."""
    head = phrase.head
    assert head is not None
    if head.part in _FORCES:
        return Actor(name=f"{lexicon.adjectives[country]} forces", kind=ActorKind.MILITARY, country=country)
    return Actor(name=national_name(country, head.written, lexicon), kind=head.kind, country=country)


def _phrase_name(words: Words, phrase: Phrase, head: Entry) -> str:
    first, last = phrase.core
    if phrase.place is not None:
        first = phrase.place[0]
    text = " ".join(words.texts[first:last])
    return text.replace(" ,", ",") or head.written


def _text(words: Words, at: tuple[int, int]) -> str:
    parts = list(words.texts[at[0] : at[1]])
    parts[-1] = parts[-1][: len(words.lower[at[1] - 1])]
    text = " ".join(parts)
    return text if words.cased else text.title()


def mention(
    words: Words, phrase: Phrase, who: Actor, settle: Callable[[], tuple[Actor, bool]] | None
) -> ActorMention:
    """A phrase as a mention of an actor; `settle` finds out whom it stands for when that is asked."""
    head = phrase.head
    part = head.part if head is not None else _part(phrase)
    first = phrase.core[0] if phrase.core[1] > phrase.core[0] else phrase.first
    return ActorMention(
        own=who,
        span=words.span(first, phrase.last),
        sentence=words.sentence.index,
        first=phrase.first,
        last=phrase.last,
        head=head.written if head is not None else "",
        part=part,
        owner=phrase.owner,
        pronoun=phrase.pronoun,
        person=phrase.name is not None or phrase.leader is not None or _one_person(phrase),
        plural=any(h.written.endswith("s") for h in phrase.heads),
        adjective=phrase.bare_people,
        by_name=_is_named(phrase),
        settle=settle,
        possessor=next((w for w in words.lower[phrase.first : first] if w in {"its", "our", "their"}), None),
        reporter=phrase.entity.name if phrase.entity is not None and part is Part.STATE_MEDIA else None,
    )


def _is_named(phrase: Phrase) -> bool:
    return any(
        part is not None for part in (phrase.entity, phrase.country, phrase.leader, phrase.name, phrase.place)
    )


def _part(phrase: Phrase) -> Part | None:
    if phrase.entity is not None:
        return phrase.entity.part
    if phrase.leader is not None:
        return Part.LEADER
    return Part.COUNTRY if phrase.country and phrase.name is None else None


def _one_person(phrase: Phrase) -> bool:
    head = phrase.head
    return (
        head is not None
        and head.part in {Part.OFFICE, Part.SOURCE}
        and not head.written.endswith("s")
        and head.kind is not ActorKind.OUTLET
    )
