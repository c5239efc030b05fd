"""Word classes of casualty reports: each word maps to one letter, so that a sentence becomes a string.

Data only. Letters are chosen once here and used by `phrases` and `grammar`; a word without a class is
`x`, or `X` where it is written with a capital. Imports nothing of the project.
"""

from typing import Final


def word_set(words: str) -> frozenset[str]:
    """The words of a text, separated by white space, as a set."""
    return frozenset(words.split())


NUMBER_WORDS: Final[dict[str, int]] = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES: Final[dict[str, int]] = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12}
ORDINALS: Final[dict[str, int]] = {
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "6th": 6, "7th": 7, "8th": 8, "9th": 9,
}  # fmt: skip
"""Words that place one person behind others: "a third victim died" tells of three."""

VAGUE: Final = word_set(
    "dozens scores hundreds thousands tens several many multiple numerous some few handful countless"
)
"""Words that name no number; no value is ever read off them."""

QUALIFIERS: Final[dict[tuple[str, ...], str]] = {
    ("at", "least"): "at least", ("a", "least"): "at least", ("no", "fewer", "than"): "at least",
    ("no", "less", "than"): "at least", ("not", "less", "than"): "at least",
    ("more", "than"): "more than", ("over",): "more than", ("upwards", "of"): "more than",
    ("upward", "of"): "more than", ("well", "over"): "more than", ("above",): "more than",
    ("nearly",): "nearly", ("almost",): "nearly", ("close", "to"): "nearly", ("just", "under"): "nearly",
    ("fewer", "than"): "less than", ("less", "than"): "less than", ("under",): "less than",
    ("about",): "about", ("around",): "about", ("approximately",): "about", ("some",): "about",
    ("roughly",): "about", ("an", "estimated"): "about", ("estimated",): "about",
    ("up", "to"): "up to", ("as", "many", "as"): "up to", ("a", "maximum", "of"): "up to",
    ("a", "total", "of"): "total", ("total", "of"): "total", ("all",): "all", ("exactly",): "exactly",
    ("only",): "exactly", ("just",): "exactly", ("between",): "between", ("from",): "between",
}  # fmt: skip
"""Words before a number and what they make of it."""

_PLURALS: Final = {
    "people": "people men women children kids boys girls teens teenagers adults victims civilians"
    " persons students workers residents passengers patients members employees customers"
    " shoppers worshippers worshipers pedestrians bystanders tourists pilgrims migrants"
    " refugees prisoners inmates detainees demonstrators protesters protestors activists"
    " villagers tribesmen locals nationals citizens foreigners relatives brothers sisters"
    " siblings twins sons daughters parents grandparents cousins friends infants babies"
    " toddlers youths juveniles minors males females ladies individuals peasants farmers"
    " priests nuns jesuits journalists reporters doctors nurses medics paramedics teachers"
    " miners drivers crew attendees patrons revelers partygoers neighbors neighbours settlers"
    " commuters motorists cyclists supporters leaders judges ministers candidates mayors"
    " lawyers businessmen executives politicians roommates classmates teammates grandchildren"
    " stepchildren couples guests concertgoers spectators hostages captives survivors hunters"
    " campers clerks bakers butchers tailors traders vendors shopkeepers merchants carpenters"
    " fishermen cooks waiters porters watchmen herders shepherds homeowners occupants humans"
    " souls",
    "forces": "soldiers troops officers policemen policewomen cops guards bodyguards agents deputies"
    " troopers firefighters servicemen servicewomen personnel marines sailors pilots airmen peacekeepers"
    " commandos conscripts lieutenants sergeants patrolmen marshals rangers recruits gendarmes contractors"
    " militiamen paramilitaries reservists cadets responders staffers staff",
    "fighters": "fighters militants rebels insurgents terrorists guerrillas subversives extremists jihadists"
    " jihadis combatants gunmen suspects attackers bombers assailants shooters perpetrators robbers hijackers"
    " kidnappers criminals traffickers gangsters assassins intruders burglars infiltrators raiders",
}
_SINGULARS: Final = {
    "people": "couple man woman boy girl child kid teen teenager person victim civilian student worker"
    " resident passenger patient employee customer shopper bystander pedestrian tourist friend"
    " neighbor neighbour mother father son daughter brother sister husband wife girlfriend"
    " boyfriend fiance fiancee uncle aunt nephew niece grandmother grandfather grandson"
    " granddaughter mom dad cousin stepfather stepmother stepson stepdaughter driver clerk"
    " owner infant baby toddler youth juvenile minor male female lady adult teacher professor"
    " nurse doctor medic lawyer judge mayor priest nun bishop journalist reporter motorist"
    " cyclist bartender manager singer rapper musician athlete player coach peasant farmer"
    " miner villager settler inmate prisoner detainee hostage survivor newborn hunter camper"
    " homeowner occupant individual human foreigner national citizen migrant refugee protester"
    " demonstrator activist candidate politician roommate classmate teammate guest patron"
    " mechanic barber pastor preacher businessman businesswoman cashier waitress twin sibling"
    " relative spouse grandma grandpa minister senator granny leader quarterback freshman"
    " sophomore senior junior veteran ex-girlfriend ex-boyfriend ex-wife ex-husband"
    " half-brother baker butcher tailor trader vendor shopkeeper merchant carpenter fisherman"
    " cook waiter porter watchman nightwatchman half-sister mother-in-law father-in-law",
    "forces": "soldier officer policeman policewoman cop guard bodyguard agent deputy trooper firefighter"
    " paramedic serviceman marine sailor pilot sergeant lieutenant corporal captain colonel major general"
    " detective sheriff marshal ranger commander constable contractor peacekeeper conscript patrolman",
    "fighters": "fighter militant rebel insurgent terrorist guerrilla subversive extremist jihadist"
    " combatant",
}
ATTACKERS: Final = word_set(
    "gunman suspect shooter attacker bomber assailant perpetrator robber intruder hijacker killer murderer"
    " burglar kidnapper assassin gunmen suspects attackers bombers assailants shooters perpetrators robbers"
    " hijackers kidnappers assassins intruders burglars killers"
)
"""Nouns of the one who did it: dead, they count and are flagged; they are never the injured by default."""

PAIRS: Final = frozenset({"parents", "couple", "twins", "grandparents"})
"""Nouns that name two."""

GROUPS: Final[dict[str, str]] = {
    **dict.fromkeys((_PLURALS["people"] + " " + _SINGULARS["people"]).split(), "people"),
    **dict.fromkeys((_PLURALS["forces"] + " " + _SINGULARS["forces"]).split(), "security forces"),
    **dict.fromkeys((_PLURALS["fighters"] + " " + _SINGULARS["fighters"]).split(), "fighters"),
}
NOT_NAMES: Final = word_set(
    "street avenue ave road rd drive lane boulevard blvd highway parkway court place way hospital center"
    " centre clinic county police department office school university college church park club bar city"
    " town village side district state states medical examiner sheriff's sheriff’s force service services"
    " team company news channel university island lake river hills heights apartments apartment mall"
    " restaurant store station airport army navy court house building bridge beach bay valley creek"
    " mountain square plaza hotel motel inn nightclub lounge cafe grill tower towers january february"
    " march april june july august september october november december monday tuesday wednesday thursday"
    " friday saturday sunday bureau investigation attorney's attorney’s authorities officials according"
    " fire rescue emergency health memorial regional general health system group university coroner's"
    " coroner’s twitter facebook photo image video associated press reuters inc corp association united"
    " american i'll i’ll i'm i’m i've i’ve he's he’s she's she’s it's it’s they're they’re we're we’re i"
    " he she it they we you america russia russian syria syrian turkey turkish israel iraq iran"
)
"""Capitalised words that make a run of capitals a place or an institution, not a person."""

COMPASS: Final = word_set(
    "north south east west northeast northwest southeast southwest central upper lower new san santa los las"
    " fort port mount el"
)
"""Words that make a place of the capitals behind them."""

HARMED_NOUNS: Final[dict[str, str]] = {
    "dead": "killed", "deaths": "killed", "fatalities": "killed", "bodies": "killed", "corpses": "killed",
    "deceased": "killed", "martyrs": "killed", "fatality": "killed", "homicides": "killed",
    "murders": "killed", "wounded": "injured", "injured": "injured", "injuries": "injured",
    "casualties": "hit", "hurt": "injured", "slain": "killed",
}  # fmt: skip
"""Nouns and adjectives that say by themselves what befell those they count; casualties are either."""

_WORDS: Final[dict[str, str]] = {
    # persons: plural, singular, pronoun
    "P": " ".join(_PLURALS.values()),
    "p": " ".join(_SINGULARS.values())
    + " gunman suspect shooter attacker bomber assailant perpetrator robber"
    " intruder hijacker killer murderer burglar kidnapper assassin",
    "e": "he she they him them himself herself themselves it one's",
    # determiners and other words before a noun
    "a": "a an",
    "t": "the this that these those his her their its our my your both",
    "o": "another",
    "O": "more additional remaining other others",
    "n": "no none nobody neither zero no-one",
    "N": "not n't never without didn't wasn't weren't isn't aren't don't doesn't hasn't haven't",
    "d": " ".join(VAGUE),
    # harm: participle or past; dead or died; active only; struck; and its nouns
    "K": "killed slain murdered martyred assassinated executed massacred slaughtered lynched beheaded"
    " electrocuted drowned slayed assasinated",
    "D": "died dead dies die dying perished succumbed deceased lifeless",
    "k": "killing kills kill slaying murdering assassinating claiming claims claimed slays massacring"
    " executing",
    "H": "wounded injured hurt hospitalized hospitalised grazed maimed burned stabbed",
    "h": "wounding injuring hurting injures wounds injure wound hurts hospitalizing maiming grazing",
    "S": "shot hit struck gunned",
    "s": "shooting shoots shoot striking hitting stabbing",
    "M": "death deaths murder murders homicide homicides fatalities fatality lives bodies corpses body"
    " remains slayings killings martyrs assassination assassinations execution massacre",
    "I": "injuries injury casualties",
    "Q": "toll tolls",
    "T": "taken transported airlifted flown rushed treated suffered suffering sustained received"
    " recovering hospitalised receiving undergoing underwent carried brought transferred survived"
    " life-flighted lifeflighted",
    "c": "condition hospital stable critical",
    "F": "fatally mortally",
    # function words
    "b": "was were is are be been being got gets getting",
    "B": "has have had",
    "v": "also reportedly allegedly apparently later then critically seriously severely slightly gravely"
    " badly accidentally tragically confirmed presumed feared believed reported still now already"
    " instantly immediately each all either subsequently eventually intentionally deliberately"
    " mistakenly pronounced declared found lightly brutally initially too again senselessly possibly"
    " newly certainly actually finally apparently currently",
    "C": "and &",
    "W": "who which whom whose",
    "i": "including among includes included",
    "w": "with",
    "f": "of",
    "L": "leaves left leaving leave",
    "R": "said says told according say saying added announced when after before while because until since"
    " during as if although though where but however police authorities officials",
    "r": "near at in on inside outside from by around",
    "m": "would could may might will to attempting tried trying threatened threatening planned want wanted"
    " attempt attempted",
}
CLASSES: Final[dict[str, str]] = {word: letter for letter, words in _WORDS.items() for word in words.split()}
"""Word to class letter; of a word listed twice the last listing counts."""
