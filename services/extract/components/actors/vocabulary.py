"""Closed word classes that actor phrases are made of. Pure data."""

from typing import Final

from services.extract.components.actors.wordlist import word_set

DETERMINERS: Final = word_set(
    "a an the this that these those some several many few both all other another any no each every "
    "most his her its their our my your one two three four five six seven eight nine ten dozens "
    "scores hundreds"
)
DEFINITE: Final = word_set("the this that these those its their his her")
PRONOUNS: Final = word_set("he she it they who which i we him her them")

MODIFIERS: Final = word_set(
    "senior junior top former ex ex- acting deputy chief assistant local regional provincial federal "
    "national state municipal civilian military defence defense foreign interior home health public "
    "private official main major own armed unarmed heavily masked hooded unknown unidentified "
    "suspected alleged presumed purported apparent several islamist islamic jihadist muslim christian "
    "sunni shiite shia shi'ite kurdish arab druze alawite tamil baloch hutu tutsi fulani ethnic "
    "tribal religious rightist leftist right-wing left-wing rightwing leftwing far-right far-left "
    "ultrarightist ultra-right maoist marxist communist socialist anti-communist anticommunist "
    "separatist nationalist secessionist rogue breakaway opposition pro-government anti-government "
    "pro-regime progovernment antigovernment loyalist allied foreign-backed hardline extremist "
    "militant terrorist radical takfiri guerrilla guerilla rebel insurgent clandestine underground "
    "so-called self-styled self-proclaimed united joint combined special elite regular urban rural "
    "village town city county district district-level area community hospital medical rescue "
    "emergency security intelligence counterterrorism counter-terrorism anti-terrorism anti-terrorist "
    "antinarcotics law enforcement fire fighter jet monitoring aid humanitarian relief human rights "
    "independent international multinational western northern southern eastern central british-based "
    "pro-russian pro-iranian pro-kurdish london-based governing ruling embattled newly elected "
    "prominent influential powerful veteran retired respected unnamed anonymous high-ranking ranking "
    "high-level two-star three-star four-star uniformed plainclothes off-duty deadly brutal sinister "
    "notorious new old young large small lone same government regime army police ministry party "
    "council court navy border traffic transport railway school university media press "
    "opposition-held 's"
)
"""Words that may stand before a head noun without being the actor themselves."""

BOUND: Final = (
    "-backed", "-led", "-based", "-run", "-controlled", "-held", "-aligned", "-allied", "-affiliated",
    "-linked",     "-dominated", "-owned", "-born",
    "-supported", "-funded", "-trained", "-occupied", "-ruled", "-sponsored",
)  # fmt: skip
"""Endings of compounds whose first part does not say whom the actor belongs to."""
BOUND_WORDS: Final = frozenset(ending[1:] for ending in BOUND)

NOT_NAMES: Final = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june "
    "july august september october november december mon tue wed thu fri sat sun jan feb mar apr jun "
    "jul aug sep sept oct nov dec i but and or nor so yet in on at by for from with without after "
    "before during since until while when where if as of to into onto upon over under near between "
    "among against about around than then there here not also only even just still however meanwhile "
    "although though because despite according earlier later now today tonight yesterday tomorrow "
    "last next more less most least once twice it he she they we you who whom whose which what why "
    "how has have had is are was were be been being do does did will would can could might must shall "
    "should the a an this that these those his her its their our my your some any no none nobody all "
    "both each every either neither another other such same one two three four five six seven eight "
    "nine ten eleven twelve dozens scores hundreds thousands several many few nearly almost "
    "approximately roughly up speaking asked read photo image video caption updated editor copyright "
    "tags breaking exclusive watch live report suspected alleged"
)
"""Words that are never part of a person's name, though capitals may stand on them."""

PARTICLES: Final = word_set(
    "al el bin bint ibn abu abdel abdul de del della di da dos la van von den der ter ben y"
)
PEOPLE_TITLES: Final = word_set(
    "mr mrs ms miss sir dame lord lady sheikh shaykh mullah maulana maulvi haji dr prof"
)
