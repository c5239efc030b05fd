"""Words around place names, and words that are none. Data only."""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PARTICLES: Final = _words(
    "of de del della da do dos das du des di la las los le les el al ad an ar as ash at az ed es et ez y "
    "i e ibn bin bint abu sur upon am ul the"
)
"""Small words that stand inside names: "Rio de Janeiro", "Deir ez-Zor"."""

NO_NAME: Final = _words(
    "a an the in on at of to from for by with near and or but as after before when while if it its he she "
    "they we you i his her their our my this that these those there here what who where why how which is "
    "are was were be been has have had do does did will would can could might must shall should not no "
    "nor yes so than then also just only even still yet both all any each every some many most more less "
    "few one two three four five six seven eight nine ten eleven twelve about above across against along "
    "among around behind below beneath beside between beyond despite down during except inside into like "
    "off onto out outside over past per since through throughout till toward towards under until up upon "
    "via within without amid because although though unless whether according meanwhile however police "
    "officers authorities investigators officials man woman men women people boy girl teen monday tuesday "
    "wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep sept "
    "oct nov dec am pm mr mrs ms dr sgt lt capt col gen gov sen rep rev det cpl pfc chief deputy sheriff "
    "detective officer trooper president minister prime secretary judge mayor king queen prince pope "
    "father mother sister brother miss god breaking update updated photo photos video image watch read "
    "news story related share email print"
)
"""Words that never begin a place's name in a run of capitals, though most are names of some place."""

LOCATIVE: Final = _words(
    "in at near outside around to from of into inside across throughout through toward towards"
)
"""Words after which a common word in capitals may be a place ("in Mobile")."""

LEFT: Final[dict[str, str]] = {
    "in": "in", "at": "at", "near": "near", "outside": "near", "around": "near", "to": "to", "from": "from",
    "of": "of", "into": "to", "inside": "in", "across": "in", "throughout": "in", "on": "on", "for": "for",
    "with": "with", "by": "by", "and": "and", "or": "and", "the": "the", "a": "a", "said": "said",
    "told": "said", "between": "between", "toward": "to", "towards": "to", "downtown": "downtown",
    "central": "side", "north": "side", "south": "side", "east": "side", "west": "side", "northern": "side",
    "southern": "side", "eastern": "side", "western": "side", "northwest": "side", "southwest": "side",
    "northeast": "side", "southeast": "side",
}  # fmt: skip
"""Class of the word before a name."""

_RIGHT_WORDS: Final[dict[str, str]] = {
    "police": "police pd cops officer officers patrolman",
    "force": "sheriff sheriff's deputies deputy fire firefighters paramedics detectives detective",
    "office": "department dept mayor city municipal district prosecutor prosecutors court coroner",
    "person": "man woman men women teen boy girl resident residents native mother father couple family",
    "speech": "said says told has had is was were will would announced denied accused blamed condemned",
    "place": (
        "area suburb neighborhood neighbourhood suburbs region metro home apartment house nightclub bar "
        "club park airport"
    ),
    "region": "county parish borough province governorate department state oblast prefecture municipality",
    "school": "high school schools university college academy elementary middle hospital medical center",
    "street": (
        "street st avenue ave road rd boulevard blvd drive dr lane ln ct highway hwy way parkway pike "
        "terrace circle"
    ),
    "media": "times news post herald tribune gazette journal press chronicle daily tv radio sentinel",
    "team": "bulls lions bears fans coach team game",
    "time": "on monday tuesday wednesday thursday friday saturday sunday early late last yesterday",
    "and": "and or",
    "in": "in at near after when where",
}
RIGHT: Final[dict[str, str]] = {word: name for name, words in _RIGHT_WORDS.items() for word in words.split()}
"""Class of the word after a name."""

_LEVEL_WORDS: Final[dict[str, str]] = {
    "village": "village town hamlet community settlement township canton municipality",
    "part": "neighborhood neighbourhood suburb quarter district sector camp port farm",
    "region": "province department governorate county region state oblast prefecture jurisdiction parish",
    "city": "city",
}
LEVELS: Final[dict[str, str]] = {word: name for name, words in _LEVEL_WORDS.items() for word in words.split()}
"""What a noun before "of" and a name, or after a name, says of the place."""
