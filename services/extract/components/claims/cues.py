"""The words that claims are made of: verbs of saying, blaming, denying, doing. Pure data."""

from typing import Final

from services.extract.components.actors.wordlist import word_set

SAY: Final = word_set(
    "said says say saying told tells telling added adds adding announced announces announcing stated "
    "states stating reported reports reporting declared declares explained explains noted notes "
    "noting insisted insists insisting maintained maintains claimed claims claiming alleged alleges "
    "alleging asserted asserts charged estimated estimates wrote writes tweeted posted warned warns "
    "stressed stresses acknowledged acknowledges acknowledging admitted admits conceded concedes "
    "revealed reveals disclosed testified concluded concludes conclude suggested suggests indicated "
    "indicates informed briefed argues argued believes believed believe confirmed confirms confirming "
    "documented recorded counted put puts gave gives giving raised raises tallied verified affirmed "
    "affirms recounted replied continued assessed assesses contends contended recalled quipped "
    "specified specifies reiterated reiterates emphasized emphasised fear fears spoke spoken speaks thinks "
    "thought"
)
"""Verbs whose subject says what follows or precedes."""
SAY_THAT: Final = word_set("found finds determined determines")
"""Verbs of saying only with "that" behind them."""
TOLL_SAY: Final = word_set(
    "put puts gave gives giving raised raises tallied counted documented recorded verified"
)
"""Of these only with a toll or a number behind them."""
NOT_SAY_AFTER: Final = word_set(
    "be been being is was were are to a an the this that his her their its no any these those"
)
"""Before a word of SAY: then it is a passive, an infinitive or a noun."""

ACCUSE: Final = word_set("accused accuse accuses accusing")
LINK: Final = word_set("linked links linking tied implicated implicates implicating")
BLAME: Final = word_set("blamed blames blame blaming faulted faults faulting")
HOLD: Final = word_set("held hold holds holding")
ATTRIBUTE: Final = word_set("attributed attributes attribute attributing ascribed ascribes")
SUSPECT: Final = word_set("suspected suspects suspect suspecting")
DENY: Final = word_set(
    "denied denies deny denying rejected rejects reject rejecting dismissed dismisses dismissing "
    "refuted refutes refuting rebuffed disputed disputes disputing disavowed disavows repudiated "
    "contradicted"
)
CONDEMN: Final = word_set(
    "condemned condemns condemn condemning denounced denounces denouncing deplored deplores decried"
)
RETRACT: Final = word_set(
    "retracted retracts withdrew withdrawn revised corrected backtracked lowered lowers "
    "reduced twice recanted"
)
CLAIM_NOUNS: Final = word_set(
    "finding findings conclusion conclusions version claim "
    "claims accusation accusations allegation allegations charge charges report reports "
    "assertion assertions suggestion suggestions statement statements account"
)
SPECULATION: Final = word_set("speculation rumours rumors suspicion suspicions speculated")

EVENT: Final = word_set(
    "attack attacks strike strikes airstrike airstrikes air-strike air-strikes bombing bombings "
    "bombardment bombardments shelling raid raids assault assaults explosion explosions blast blasts "
    "killing killings murder murders massacre massacres shooting shootings kidnapping kidnappings "
    "abduction abductions ambush ambushes offensive operation operations incident incidents crime "
    "crimes assassination assassinations hit hits deaths death carnage onslaught barrage salvo fire "
    "gunfire airstrikes' atrocity atrocities bomb bombs downing crash hijacking siege sieges standoff "
    "poisoning arson riot riots hostage-taking slaughter rocket missile drone hit-and-run slaying "
    "slayings genocide violence attempt attacks' dynamiting sabotage action actions act acts clash "
    "clashes tragedy disaster derailment execution executions stabbing beheading beheadings torture "
    "disappearance disappearances rampage"
)
MILITARY_EVENT: Final = word_set(
    "strike strikes airstrike airstrikes air-strike air-strikes shelling bombardment bombardments "
    "raid raids offensive onslaught barrage salvo assault assaults fire gunfire operation operations "
    "bombing bombings drone missile rocket artillery warplane massacre"
)
"""Events that a nationality before them says who did: "Russian airstrikes", not "Afghan explosion"."""
OWN_EVENT: Final = EVENT - word_set(
    "fire crash disaster tragedy derailment incident incidents death deaths crime crimes"
)

DID: Final = word_set(
    "dropped dropping neutralised neutralized organized organised planned assaulted assaulting captured "
    "killed kill kills killing bombed bombs bombing struck strikes strike striking hit hits hitting "
    "targeted targets targeting attacked attacks attack attacking shelled shelling raided raiding "
    "ambushed ambushing shot shoot shoots shooting kidnapped kidnap kidnapping abducted abducting "
    "murdered murder murdering assassinated assassinating executed executing massacred massacring "
    "dynamited dynamiting detonated detonating destroyed destroying burned burnt torched pounded "
    "pounding stormed storming rammed ramming wounded wounding injured injuring slaughtered gunned "
    "beheaded tortured hijacked blasted strafed strafing machine-gunned machinegunned exploded "
    "planted placed hurled threw lobbed ransacked sabotaged fired firing downed downing intercepted "
    "slew slain perpetrated committed perpetrating committing staged staging mounted mounting "
    "launched launches launching conducted conducting carried carrying orchestrated masterminded "
    "directed directing ordered engineered plotted opened thrown blown murders massacres raids "
    "ambushes bombard bombarded bombarding barrel-bombed gassed set blew"
)
NEEDS_EVENT: Final = word_set(
    "dropped dropping organized organised planned perpetrated committed perpetrating committing staged "
    "staging mounted "
    "mounting launched launches "
    "launching conducted conducting carried carrying orchestrated masterminded directed directing "
    "ordered engineered plotted opened planted placed set blew threw hurled lobbed fired firing "
    "destroyed destroying thrown blown"
)
"""Verbs of doing that need an event, a weapon or "out", "up", "fire" near them to be violence."""
EVENT_OBJECT: Final = EVENT | word_set(
    "bomb bombs explosives explosive grenade grenades dynamite missile missiles rocket rockets shells "
    "shots shot fire out mortar mortars mine mines vehicle house houses offices tower towers pylons "
    "bridge car truck convoy hostages drones drone warplanes jets poles lines building cartridges "
    "cocktails device devices"
)

NEGATION: Final = word_set(
    "nothing not n't never no none neither nor nobody without didn't hasn't haven't hadn't wasn't "
    "weren't isn't aren't don't doesn't won't cannot didnt hasnt havent wasnt werent isnt arent dont "
    "doesnt"
)
MODALS: Final = word_set("could would may might should can will must would-be if whether threatened vowed")
RELEASED: Final = word_set("released freed")
"""What is done to captives by whoever held them."""
SUSPECTED: Final = word_set(
    "alleged allegedly suspected presumed presumably apparently likely reportedly believed purported"
)
"""Of the hedges those that say somebody suspects it."""
HEDGES: Final = word_set(
    "suspected alleged allegedly presumed presumably apparently possible possibly probably likely "
    "believed thought reportedly purported may might could appears appeared seems seemed perhaps"
)
ADVERBS: Final = word_set(
    "this has have had having is was were been be being did do does also later earlier then now still "
    "however reportedly previously initially immediately quickly repeatedly publicly officially "
    "strongly today yesterday tonight already never not n't first for time monday tuesday wednesday "
    "thursday friday saturday sunday late early on in a an the statement morning evening night "
    "afternoon meanwhile separately directly openly again once just only further categorically "
    "vehemently flatly firmly formally swiftly angrily all both since subsequently eventually didn't "
    "hasn't haven't hadn't don't doesn't wasn't weren't isn't tv television interview twitter by "
    "phone telephone at news conference press briefing communique widely jointly instead january "
    "february march april may june july august september october november december"
)
"""What may stand between a subject and its verb."""

FUTURE_SAY: Final = word_set("threatened threatens threatening vowed vows pledged warned warns warning")
"""Verbs whose content has not happened."""
FAULTS: Final = word_set(
    "embedding embedded hiding sheltering shielding using failing failed deploying deployed provoking "
    "allowing located placing stationing entering ignoring misleading lying informing inform "
    "coordinate coordinating"
)
"""Offences that are about the circumstances of harm, not about who did it."""
PACTS: Final = word_set(
    "truce ceasefire cease-fire deal agreement agreements accord accords treaty pact resolution "
    "sanctions memorandum sovereignty airspace"
)
RESPONSIBILITY: Final = word_set(
    "responsibility responsible involvement involved role complicity complicit guilt culpability accountable"
)
