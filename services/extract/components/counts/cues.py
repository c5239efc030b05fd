"""Words whose mere presence shifts how many were killed or hurt, and a cheap look for harm.

Data, and one regular expression over a lower-cased sentence. Imports nothing of the project.
"""

import re
from typing import Final

from services.extract.components.counts.lexicon import word_set
from services.extract.model import Document

HARM: Final = re.compile(
    r"kill|dead|die[ds]?\b|dying|death|fatal|slain|slay|murder|homicid|\bsho[ot]|wound|injur|hurt"
    r"|hospital|casualt"
    r"|\btoll|\blives\b|\bbod(?:y|ies)\b|critical|condition|martyr|struck|\bhit\b|graze|surg|unharmed"
    r"|perish|succumb"
    r"|massacre|execut|assassinat|victim|stabb|burn|drown|lost h|suicide|taken to|transported|airlifted"
    r"|flown|treated"
)
"""A sentence without any of these tells of no casualty: a cheap look before its words are read."""

CUE_WORDS: Final = word_set(
    "killed kill kills killing dead died dies dying death deaths deadly fatal fatally homicide homicides"
    " murder murdered murders slain slaying pronounced succumbed coroner examiner autopsy morgue funeral"
    " vigil mourning mourn remembered memorial life-threatening non-life-threatening stable serious"
    " critical condition hospital hospitalized surgery recovering recover recovery survive survived"
    " survivor expected treated released injured injures injuries injury wounded wounding wounds wound"
    " hurt grazed leg arm foot hand head chest shot shots gunshot suicide murder-suicide himself herself"
    " self-inflicted accidental accidentally attempted assault aggravated manslaughter charged victim"
    " victims suspect suspects officer-involved robbery unharmed unhurt uninjured standoff barricaded both"
    " others another multiple double triple quadruple stray bullets bullet injuries gunfire wounding"
    " family mother bodies body shootout drive-by threatening nobody survivors organs donated passed life"
    " support brain tragedy grieving loss lost bomb explosion exploded strike airstrike damage casualties"
    " casualty no-one toll none attack attacked kidnapped abducted unarmed robbed suspected dispute party"
    " club custody arrested sentenced trial guilty convicted prison"
)
"""Words noted by where they stand: title, first sentences or further down."""

MULTIPLES: Final[dict[str, int]] = {
    "double": 2, "triple": 3, "quadruple": 4, "quintuple": 5, "sextuple": 6,
}  # fmt: skip
KILLING_NOUNS: Final = frozenset(
    {"homicide", "murder", "killing", "slaying", "fatality", "murders", "homicides"}
)
HITTING_NOUNS: Final = frozenset({"shooting", "stabbing", "shootings"})

TREATMENT: Final = re.compile(
    r"hospital|medical|clinic|infirmary|treat|injur|wound|gunshot|burn|surg|trauma|center|stable"
)
"""Words without which "taken", "suffered" and the like tell of no harm."""

ACCUSED: Final = re.compile(
    r"\b(?:arrest|charged|custody|suspect|accused|wanted for|sought|indicted|convicted|sentenced"
    r"|pleaded|booked|jailed"
    r"|opened fire|fired|arraigned|faces|facing|turned himself|identified the (?:shooter|gunman|suspect))"
)
"""A person with a name in such a sentence is the accused, unless the sentence says what befell them."""

SELF_KILLED: Final = re.compile(
    r"\b(?:turn(?:s|ed|ing) (?:the|his|her|a|that) (?:gun|weapon|rifle|pistol|handgun"
    r"|shotgun) on (?:him|her)self"
    r"|(?:took|taken|takes|taking) (?:his|her) own life|commit(?:s|ted|ting)? suicide|murder[- ]suicide"
    r"|murder/suicide"
    r"|kill(?:s|ed|ing)? (?:him|her)self|self-inflicted|blew (?:him|her)self up|then (?:him|her)self)\b"
)
"""The one who did it died by their own hand."""

TELLING_WORDS: Final[dict[str, str]] = {
    **dict.fromkeys(
        word_set(
            "fatal fatally deadly homicide murder slaying death killing manslaughter suicide died dies killed"
            " murder-suicide dead fatality slain murdered"
        ),
        "killed",
    ),
    **dict.fromkeys(
        word_set("injured wounded injuries injury hospitalized wounds wound injuring wounding"), "injured"
    ),
    "shot": "hit",
}
"""Words that tell of someone killed, hurt or shot where no phrase says whom."""

CUMULATIVE: Final = re.compile(
    r"\bso far this\b|\bthis year\b|\bthis month\b|\bsince (?:last|the (?:start|beginning|end|war"
    r"|uprising)|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|early|late|mid|the (?:19|20)|(?:19|20)\d\d|\d)|\bin recent (?:months|weeks|years|days)\b"
    r"|\b(?:over|in|during|for) the (?:past|last)\b(?! (?:\w+ )?hours)|\bper year\b|\beach year\b"
    r"|\bevery year\b|\bannually\b|\bnationwide\b"
    r"|\bstatistics\b|\ba year\b|\b(?:year|month|decade)-long\b|\bcivil war\b|\bduring the (?:war"
    r"|conflict)\b|\bto date\b"
    r"|\bhomicides?\b[^.]{0,40}\b(?:year|month)\b|\blast year\b|\bin total\b.*\byear\b|\bso far in\b"
    r"|\bfirst \w+ months\b"
)
OTHER_INCIDENT: Final = re.compile(
    r"\b(?:in|during|after) (?:an?|another|two|three|separate) (?:unrelated|separate|earlier|previous"
    r"|other|similar|different)\b"
    r"|\banother (?:shooting|attack|incident|bombing|strike|blast|explosion|clash|raid)\b|\bunrelated\b"
    r"|\bseparate\b"
    r"|\belsewhere\b|\bearlier (?:in the day|on|that day|this week|shooting|attack)\b|\bmeanwhile\b"
    r"|\b(?:months?|years?) (?:ago|earlier|later|before)\b|\blast year\b|\bprevious(?:ly)?\b|\bretaliat"
    r"|\b(?:in|since|of) (?:19|20)\d\d\b"
)


def body_place(doc: Document, index: int) -> int:
    """Where a sentence stands: 0 the title, 1 the first of the text, with or without a title."""
    return index + (doc.headline is None)
