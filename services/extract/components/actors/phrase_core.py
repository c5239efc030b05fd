"""The core of an actor phrase: adjectives, names and head nouns, taken word by word. Pure."""

from typing import Final

from services.extract.components.actors.lexicon import HEADS, NAMED, Entry, Lexicon, Part
from services.extract.components.actors.phrase import Phrase
from services.extract.components.actors.phrase_draft import (
    COMMON_VERBS,
    OBJECT_STARTS,
    RANKS,
    RULE_WORDS,
    RULES,
    VERBS_TOO,
    Draft,
    is_many,
)
from services.extract.components.actors.vocabulary import (
    BOUND,
    BOUND_WORDS,
    DEFINITE,
    DETERMINERS,
    MODIFIERS,
    NOT_NAMES,
    PARTICLES,
    PEOPLE_TITLES,
)
from services.extract.components.actors.words import Words

_NAME_MAX: Final = 5
"""Words of a person's name."""


class CoreReader:
    """Reads the core of a phrase from a word on."""

    def __init__(self, words: Words, lexicon: Lexicon) -> None:
        self.words, self.lexicon = words, lexicon
        self.lower, self.texts = words.lower, words.texts

    def _phrase(self, start: int, draft: Draft) -> Phrase:
        return Phrase(
            first=start,
            last=draft.settled,
            definite=draft.definite,
            heads=tuple(draft.heads),
            entity=draft.entity,
            country=draft.country,
            leader=draft.leader,
            name=draft.name,
            place=draft.place,
            owner=draft.owner,
            bare_people=draft.adjective and not (draft.heads or draft.entity or draft.name or draft.leader),
            core=(start + self._determiners(start), draft.settled),
        )

    def _determiners(self, start: int) -> int:
        at = start
        while at < len(self.lower) and self.lower[at] in DETERMINERS:
            at += 1
        return at - start

    def _core(self, start: int) -> Draft | None:
        at = start + self._determiners(start)
        definite = any(word in DEFINITE for word in self.lower[start:at])
        draft = Draft(at, definite=definite)
        while draft.at < len(self.lower) and self._step(draft):
            pass
        return draft if draft.settled > at or (draft.settled == at and draft.settled > start) else None

    def _step(self, draft: Draft) -> bool:
        """Take the next word or entry into the draft; False where the phrase ends."""
        found = self.lexicon.match(self.lower, self.texts, draft.at, cased=self.words.cased)
        if found is not None and found[1].part not in HEADS:
            return self._take_named(draft, *found)
        if found is not None and found[1].written in VERBS_TOO and self._is_verb(draft):
            return False
        if found is not None and self._is_adjective(draft.at, *found):
            draft.at += 1
            return True
        if found is not None and not self._is_plain_modifier(draft, *found):
            return self._take_head(draft, *found)
        if draft.name is None and (self._skip_modifier(draft) or self._skip_unknown(draft)):
            return True
        return self._take_capitals(draft)

    def _is_verb(self, draft: Draft) -> bool:
        """As in "Turkey suspects the …": a verb, not a head noun."""
        after = self.lower[draft.at + 1 : draft.at + 2]
        first = draft.at == 0 or self.lower[draft.at - 1] in DETERMINERS
        return not first and after in OBJECT_STARTS

    def _is_adjective(self, at: int, length: int, entry: Entry) -> bool:
        """As in "A major assault", "the general public": a rank only where a capital and a name say so."""
        if length != 1 or entry.written not in RANKS or not self.words.cased:
            return False
        following = self.texts[at + 1 : at + 2]
        return not (self.texts[at][0].isupper() and following and following[0][0].isupper())

    def _is_plain_modifier(self, draft: Draft, length: int, entry: Entry) -> bool:
        """A head noun that only qualifies the next one needs no entry of its own: "security forces"."""
        return (
            length == 1
            and entry.part is Part.OFFICE
            and entry.written in {"chief", "deputy"}
            and (
                draft.at + 1 < len(self.lower)
                and (
                    after := self.lexicon.match(self.lower, self.texts, draft.at + 1, cased=self.words.cased)
                )
                is not None
                and after[1].part in HEADS
            )
        )

    def _take_named(self, draft: Draft, length: int, entry: Entry) -> bool:
        last = draft.at + length - 1
        owner = entry.owner or self.words.owns(last)
        if entry.part in {Part.COUNTRY, Part.ADJECTIVE}:
            if (
                draft.entity is not None
                and draft.entity.part in {Part.ORGANISATION, Part.GROUP}
                and not draft.owner
            ):
                return False
            if draft.country or draft.name or (draft.heads and entry.part is Part.ADJECTIVE):
                return False
            if self._is_bound(draft, length):
                return True
            if draft.heads and not owner:
                return False
            draft.country, draft.adjective = entry.country, entry.part is Part.ADJECTIVE
        elif entry.part is Part.LEADER:
            if draft.leader or draft.name or (draft.entity and not draft.heads):
                return False
            draft.leader, draft.country = entry, draft.country or entry.country
        elif entry.part in NAMED:
            if draft.entity and not (draft.entity.part in {Part.AGENCY, Part.OUTLET} and draft.owner):
                return False
            draft.entity = entry
        draft.at += length
        draft.settled, draft.owner = draft.at, owner
        return entry.part is not Part.LEADER or owner or self.lower[draft.at : draft.at + 1] in RULES

    def _is_bound(self, draft: Draft, length: int) -> bool:
        """As in "U.S.-led" written as three words: the country does not own what follows."""
        after = draft.at + length
        if self.lower[after : after + 1] != ("-",) or not BOUND_WORDS.issuperset(
            self.lower[after + 1 : after + 2]
        ):
            return False
        draft.at = min(after + 2, len(self.lower))
        return True

    def _take_head(self, draft: Draft, length: int, entry: Entry) -> bool:
        if draft.name is not None or (
            draft.leader is not None and not (draft.owner or entry.written in RULE_WORDS)
        ):
            return False
        if draft.heads and not self._may_follow(draft.heads[-1], entry, draft):
            return False
        draft.heads.append(entry)
        draft.at += length
        draft.settled, draft.owner = draft.at, self.words.owns(draft.at - 1)
        return True

    def _may_follow(self, before: Entry, entry: Entry, draft: Draft) -> bool:
        if draft.owner:
            return True
        if before.part is Part.SOURCE and entry.part is Part.SOURCE and is_many(before) and is_many(entry):
            return False
        if before.part is Part.OFFICE and entry.part is not Part.OFFICE:
            return (
                entry.part is Part.BODY
                and before.written.endswith("s") is False
                and before.kind.value == "official"
            )
        return True

    def _skip_modifier(self, draft: Draft) -> bool:
        word = self.lower[draft.at]
        if word in MODIFIERS or word.endswith(BOUND):
            draft.at += 1
            return True
        return False

    def _skip_unknown(self, draft: Draft) -> bool:
        """As in "Turkish energy minister": one unknown noun between whose it is and the head."""
        if not (draft.country and (draft.adjective or draft.owner)) or draft.heads:
            return False
        word = self.lower[draft.at]
        if not word.isalpha() or word in NOT_NAMES or word in COMMON_VERBS or word.endswith(("ed", "ing")):
            return False
        after = (
            self.lexicon.match(self.lower, self.texts, draft.at + 1, cased=self.words.cased)
            if (draft.at + 1 < len(self.lower))
            else None
        )
        if after is None or after[1].part not in {Part.OFFICE, Part.BODY}:
            return False
        draft.at += 1
        return True

    def _take_capitals(self, draft: Draft) -> bool:
        end = self._capitals_end(draft)
        if end == draft.at or draft.name is not None:
            return False
        taken = (draft.at, end)
        after_head = bool(draft.heads) and not draft.owner
        if draft.heads and draft.owner:
            return False
        draft.owner = self.words.owns(end - 1)
        draft.at = end
        if after_head or not self._leads_to_head(end):
            draft.name = taken
            draft.settled = end
        else:
            draft.place = taken
        return True

    def _leads_to_head(self, at: int) -> bool:
        """Whether words after a capitalised run lead on to a head noun of the same phrase."""
        steps = 0
        while at < len(self.lower) and steps < 3:
            found = self.lexicon.match(self.lower, self.texts, at, cased=self.words.cased)
            if found is not None:
                return found[1].part in HEADS and not self._starts_apposition(at, *found)
            if self.lower[at] not in MODIFIERS:
                return False
            at, steps = at + 1, steps + 1
        return False

    def _starts_apposition(self, at: int, length: int, entry: Entry) -> bool:
        """As in "NAME head of the agency": the comma may be lost, the person's name stands first."""
        after = self.lower[at + length : at + length + 1]
        return entry.part is Part.OFFICE and after in {("of",), ("for",)}

    def _capitals_end(self, draft: Draft) -> int:
        if self.words.named:
            return self._name_end(draft.at)
        if draft.heads and draft.heads[-1].part in {Part.OFFICE, Part.SOURCE} and not draft.owner:
            return self._uncased_end(draft.at)
        return draft.at

    def _name_end(self, start: int) -> int:
        at = start
        while at < len(self.lower) and at - start < _NAME_MAX and self._is_name_word(at, inside=at > start):
            at += 1
            if self.words.owns(at - 1):
                break
        return at

    def _is_name_word(self, at: int, *, inside: bool) -> bool:
        text, word = self.texts[at], self.lower[at]
        if word in NOT_NAMES:
            return False
        if inside and (word in PARTICLES or text.startswith(("al-", "el-", "ul-"))):
            return at + 1 < len(self.lower) and (text[-1] != "-")
        if not text[0].isupper() and not text.startswith(("al-", "el-")):
            return False
        if word in PEOPLE_TITLES:
            return not inside
        if at == 0 and word.endswith(("ing", "ed", "ly")):
            return False
        found = self.lexicon.match(self.lower, self.texts, at, cased=self.words.cased)
        if found is None:
            return True
        return inside and found[1].part in {Part.COUNTRY, Part.LEADER, Part.OFFICE, Part.FORCE}

    def _is_entry(self, at: int) -> bool:
        return self.lexicon.match(self.lower, self.texts, at, cased=self.words.cased) is not None

    def _uncased_end(self, start: int) -> int:
        """A name in copy without case: the words up to the first known one, three at most."""
        at = start
        while at < len(self.lower) and at - start < 3 and self._may_be_name(at):
            at += 1
        return at

    def _may_be_name(self, at: int) -> bool:
        word = self.lower[at]
        return (
            word.isalpha()
            and word not in NOT_NAMES
            and word not in MODIFIERS
            and not (self._is_entry(at) or word.endswith(("ed", "ing", "ly")) or word in COMMON_VERBS)
        )
