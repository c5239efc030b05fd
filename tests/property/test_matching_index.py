"""Properties of the match index: whatever came and went, it answers as one built from what is left."""

from hypothesis import given, settings
from hypothesis import strategies as st

from services.store.matching.index import MatchIndex
from services.store.matching.match import match_profile
from services.store.matching.packing import pack, unpack
from services.store.matching.profile import Profile, profile_of
from services.store.matching.weights import load_weights
from tests.unit.store.matching.stories import HARBOUR, HARBOUR_AGAIN, HARBOUR_TRIAL, harbour, market

TEXTS = (HARBOUR, HARBOUR_AGAIN, HARBOUR_TRIAL)
PROFILES: tuple[Profile, ...] = tuple(
    profile_of(harbour(f"h{n}", TEXTS[n % 3], later=n) if n % 4 else market(f"m{n}", later=n + 2))
    for n in range(9)
)
INCIDENTS = ("a", "b", "c")
Step = tuple[str, int, str]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("add", "remove", "merge")),
        st.integers(0, len(PROFILES) - 1),
        st.sampled_from(INCIDENTS),
    ),
    max_size=30,
)


def apply(index: MatchIndex, home: dict[int, str], step: Step) -> None:
    """One step, left out where it cannot be done; `home` says which report lies where."""
    kind, number, incident = step
    if kind == "add" and number not in home:
        index.add_profile(incident, PROFILES[number])
        home[number] = incident
    elif kind == "remove" and number in home:
        index.remove(home.pop(number), *PROFILES[number].key)
    elif kind == "merge" and number in home and home[number] != incident:
        gone = home[number]
        index.merge(gone, incident)
        home.update({n: incident for n, where in home.items() if where == gone})


def played(steps: list[Step]) -> tuple[MatchIndex, dict[int, str]]:
    index, home = MatchIndex(), dict[int, str]()
    for step in steps:
        apply(index, home, step)
    return index, home


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_only_what_is_left_is_found(steps: list[Step]) -> None:
    index, home = played(steps)
    fresh = MatchIndex()
    for number, incident in home.items():
        fresh.add_profile(incident, PROFILES[number])
    for profile in PROFILES:
        assert dict(index.candidates(profile)) == dict(fresh.candidates(profile))
    assert set(index.incidents()) == set(home.values())


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_a_snapshot_changes_no_decision(steps: list[Step]) -> None:
    index, _ = played(steps)
    loaded, weights = MatchIndex.load(index.dump()), load_weights()
    for profile in PROFILES:
        assert match_profile(profile, loaded, weights) == match_profile(profile, index, weights)
    assert loaded.dump() == index.dump()


@given(st.sampled_from(PROFILES))
def test_packing_keeps_a_profile(profile: Profile) -> None:
    assert pack(unpack(pack(profile))) == pack(profile)
    assert unpack(pack(profile)).key == profile.key
