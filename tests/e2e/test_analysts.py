"""Analysts' corrections: done once, seen at once, undone exactly, kept by a rebuild."""

from typing import Any

import httpx
import pytest

from tests.e2e.running import RunningStack, eventually

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

WHO = {"author": "ana", "reason": "checked by telephone"}
FIRE = {
    "id": "fire-1",
    "source": "Lake Herald",
    "published_at": "2024-02-12",
    "title": "Warehouse fire kills three in Kisumu",
    "text": "A fire in a warehouse killed three people in Kisumu, Kenya, on Sunday, police said.",
}
CRASH = {
    "id": "crash-a",
    "source": "Rift Times",
    "published_at": "2024-02-20",
    "title": "Lorry crash kills five near Naivasha",
    "text": "Five people were killed when a lorry overturned near Naivasha, Kenya, on Monday, officials said.",
}


def act(stack: RunningStack, path: str, **body: Any) -> httpx.Response:
    return httpx.post(f"{stack.query}{path}", json={**WHO, **body}, timeout=30)


def home(stack: RunningStack, article: dict[str, Any]) -> str:
    stack.post(article)

    def look() -> str | None:
        response = stack.get(f"/v1/articles/{article['id']}")
        incidents = response.json()["incidents"] if response.status_code == 200 else []
        return incidents[0]["incident_id"] if incidents else None

    return eventually(look)


def plain(record: dict[str, Any]) -> dict[str, Any]:
    """A record without what counts its changes."""
    return {name: value for name, value in record.items() if name not in ("position", "version")}


def test_a_merge_is_seen_at_once_redirects_the_old_id_and_is_undone_exactly(stack: RunningStack) -> None:
    fire, crash = home(stack, FIRE), home(stack, CRASH)
    before = {one: stack.read(f"/v1/incidents/{one}") for one in (fire, crash)}
    done = act(stack, f"/v1/incidents/{crash}/merge", other_id=fire)
    assert done.status_code == 200, done.text
    merged = stack.read(f"/v1/incidents/{fire}")
    assert set(merged["articles"]) == {"fire-1", "crash-a"}
    old = stack.get(f"/v1/incidents/{crash}")
    assert old.status_code == 308
    assert old.headers["location"] == f"/v1/incidents/{fire}"
    undone = act(stack, f"/v1/incidents/{fire}/undo", position=merged["position"])
    assert undone.status_code == 200, undone.text
    assert {one: plain(stack.read(f"/v1/incidents/{one}")) for one in (fire, crash)} == {
        one: plain(record) for one, record in before.items()
    }


def test_a_corrected_value_wins_is_marked_and_survives_a_rebuild(stack: RunningStack) -> None:
    fire = home(stack, FIRE)
    before = stack.read(f"/v1/incidents/{fire}")
    figure = {"low": 4, "best": 4, "high": 4, "qualifier": None}
    done = act(
        stack, f"/v1/incidents/{fire}/corrections", field="fatalities", value=figure, source="hospital"
    )
    assert done.status_code == 200, done.text
    corrected = stack.read(f"/v1/incidents/{fire}")
    assert corrected["fatalities"] == figure
    assert corrected["corrections"][-1]["author"] == "ana"
    assert stack.run("rebuild").returncode == 0
    assert stack.read(f"/v1/incidents/{fire}") == corrected
    assert (
        stack.read(f"/v1/incidents/{fire}", as_recorded=before["position"])["fatalities"]
        == before["fatalities"]
    )
    act(stack, f"/v1/incidents/{fire}/undo", position=corrected["position"])
    assert plain(stack.read(f"/v1/incidents/{fire}")) == plain(before)


def test_a_retracted_article_counts_no_more_until_it_is_reinstated(stack: RunningStack) -> None:
    crash = home(stack, CRASH)
    before = stack.read(f"/v1/incidents/{crash}")
    assert act(stack, "/v1/articles/crash-a/retract").status_code == 200
    gone = stack.read(f"/v1/incidents/{crash}")
    assert gone["grade"] == "discounted"
    assert gone["reports"][0]["status"] == "retracted"
    assert act(stack, "/v1/articles/crash-a/retract").status_code == 409
    assert act(stack, "/v1/articles/crash-a/reinstate").status_code == 200
    assert plain(stack.read(f"/v1/incidents/{crash}")) == plain(before)


def test_a_report_moved_out_opens_an_incident_of_its_own_and_comes_back(stack: RunningStack) -> None:
    fire, crash = home(stack, FIRE), home(stack, CRASH)
    moved = act(stack, "/v1/articles/crash-a/move", other_id=fire)
    assert moved.status_code == 200, moved.text
    assert set(stack.read(f"/v1/incidents/{fire}")["articles"]) == {"fire-1", "crash-a"}
    split = act(stack, f"/v1/incidents/{fire}/split", reports=[{"article_id": "crash-a"}])
    assert split.status_code == 200, split.text
    position = stack.read(f"/v1/incidents/{fire}")["position"]
    assert stack.read(f"/v1/incidents/{fire}")["articles"] == ["fire-1"]
    assert act(stack, f"/v1/incidents/{fire}/undo", position=position).status_code == 200
    assert set(stack.read(f"/v1/incidents/{fire}")["articles"]) == {"fire-1", "crash-a"}
    last = moved.json()["positions"][-1]
    assert act(stack, f"/v1/incidents/{fire}/undo", position=last).status_code == 200
    assert stack.read(f"/v1/incidents/{crash}")["articles"] == ["crash-a"]


def test_the_same_command_sent_twice_acts_once(stack: RunningStack) -> None:
    fire = home(stack, FIRE)
    headers = {"idempotency-key": '"one-and-only"'}
    body = {**WHO, "field": "weapon", "value": "arson"}
    answers = [
        httpx.post(f"{stack.query}/v1/incidents/{fire}/corrections", json=body, headers=headers, timeout=30)
        for _ in range(2)
    ]
    assert answers[0].json()["positions"] == answers[1].json()["positions"]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/v1/incidents/none/merge", {"other_id": "nobody"}, 404),
        ("/v1/incidents/none/corrections", {"field": "date", "value": 5}, 404),
        ("/v1/incidents/{fire}/corrections", {"field": "id", "value": "x"}, 400),
        ("/v1/incidents/{fire}/corrections", {"field": "date", "value": "soon"}, 400),
        ("/v1/incidents/{fire}/merge", {}, 400),
        ("/v1/incidents/{fire}/merge", {"other_id": "{fire}"}, 409),
        ("/v1/incidents/{fire}/undo", {"position": 1}, 404),
    ],
)
def test_a_command_that_cannot_be_carried_out_is_refused_with_the_reason(
    stack: RunningStack, path: str, body: dict[str, Any], status: int
) -> None:
    fire = home(stack, FIRE)
    body = {
        name: value.format(fire=fire) if isinstance(value, str) else value for name, value in body.items()
    }
    response = act(stack, path.format(fire=fire), **body)
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["detail"]
