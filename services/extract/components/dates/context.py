"""Words around a date that tell whose date it is: the event's, the speaker's, the court's.

Data only: each lower-cased word has at most one class. Imports nothing of the project.
"""

from typing import Final

_CLASSES: Final[dict[str, str]] = {
    "harm": "shot shooting shootings shoots shoot gunfire gunned killed killing kills kill killings"
    " wounded wounding injured injuring injures slain slaying murdered murder murders homicide"
    " homicides attack attacks attacked bomb bombs bombed bombing bombings explosion explosions"
    " exploded blast blasts strike strikes airstrike airstrikes struck kidnapped kidnapping"
    " abducted abduction ambush ambushed assassinated assassination clash clashes clashed crash"
    " crashed collision stabbed stabbing fired assault assaulted raid raided shelled shelling"
    " detonated gunshots gunshot massacre violence rampage fire fires flood floods earthquake"
    " quake derailed overturned capsized collapsed hit robbery robbed dynamited destroyed",
    "death": "died dies dead death deaths pronounced succumbed perished passed deceased",
    "happen": "happened occurred took erupted began started unfolded broke reported place transpired stemmed",
    "respond": "responded called dispatched arrived rushed officers call calls heard scene 911",
    "found": "found discovered located",
    "speech": "said says told announced confirmed statement stated declared tweeted wrote conference"
    " interview briefing explained added noted according released identified news spokesman"
    " spokeswoman reporters",
    "arrest": "arrested arrest custody captured surrendered apprehended turned booked detained"
    " extradited jailed warrant caught",
    "court": "court charged charges charge arraigned trial hearing sentenced sentencing sentence"
    " convicted conviction pleaded pled plead guilty indicted indictment jury jurors judge"
    " testified testimony prosecutor prosecutors prosecution attorney appeared appearance bond"
    " bail verdict acquitted preliminary defendant",
    "plan": "scheduled will expected planned vigil funeral memorial services upcoming meeting session"
    " due plans slated rescheduled adjourned set visitation rally march",
    "stamp": "updated posted published modified copyright edition pm am est edt cst cdt pst pdt gmt",
    "since": "since until through till",
    "born": "born birthday anniversary",
    "custody": "released pulled deported graduated hired joined",
}


def _by_word(classes: dict[str, str]) -> dict[str, str]:
    return {word: name for name, words in classes.items() for word in words.split()}


CONTEXT: Final[dict[str, str]] = _by_word(_CLASSES)
"""Word to class."""

CLAUSE_BREAKS: Final = frozenset(
    {",", ";", ":", "(", ")", "-", "–", "—", "and", "but", "when", "after", "before", "while", "who"}
    | {"which", "that"}
)
"""Where a clause may end; a class is looked for with and without crossing one."""
