"""From HTTP in to HTTP out, on the project's own sample articles."""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.cli.client_commands import frames
from tests.e2e.running import RunningStack, eventually

SAMPLES = [json.loads(line) for line in Path("samples/articles.jsonl").read_text().splitlines()]

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@pytest.fixture(scope="module")
def strike(stack: RunningStack) -> dict[str, Any]:
    """The record of the samples' air strike, once every article went through."""
    response = stack.post(*SAMPLES)
    assert response.status_code in (200, 202)
    stack.extracted(len(SAMPLES))
    told_by_the_first = stack.read("/v1/articles/sample-01")["incidents"][0]
    record: dict[str, Any] = stack.read(f"/v1/incidents/{told_by_the_first['incident_id']}")
    return record


def test_the_reports_of_one_strike_become_one_record(strike: dict[str, Any]) -> None:
    assert {"sample-01", "sample-02", "sample-03", "sample-04"} <= set(strike["articles"])
    assert strike["date"]["start"] == "2022-06-15"
    assert strike["place"]["country"] == "LY"
    assert not {"sample-07", "sample-08"} & set(strike["articles"])


def test_a_syndicated_copy_is_no_independent_source(strike: dict[str, Any]) -> None:
    copies = [report for report in strike["reports"] if report["copy_of"]]
    assert [report["article_id"] for report in copies] == ["sample-03"]
    assert strike["sources"]["independent"] < strike["sources"]["outlets"] + 1


def test_every_quote_stands_in_its_article(stack: RunningStack, strike: dict[str, Any]) -> None:
    articles = {one["id"]: one for one in SAMPLES}
    pieces = [c | c["evidence"] for c in strike["claims"]] + [e for e in strike["evidence"] if e["quote"]]
    assert pieces
    for piece in pieces:
        source = articles[piece["article_id"]][piece["in"]]
        assert source[piece["start"] : piece["end"]] == piece["quote"]


def test_posting_the_same_again_changes_nothing(stack: RunningStack, strike: dict[str, Any]) -> None:
    before = stack.read("/v1/stats")
    assert stack.post(*SAMPLES).status_code == 200
    assert stack.read("/v1/stats")["position"] == before["position"]
    assert stack.read(f"/v1/incidents/{strike['id']}") == strike


def test_as_of_an_earlier_day_knows_only_what_was_published_by_then(
    stack: RunningStack, strike: dict[str, Any]
) -> None:
    early = stack.read(f"/v1/incidents/{strike['id']}", as_of="2022-06-20")
    assert set(early["articles"]) <= {"sample-01", "sample-02", "sample-03", "sample-04"}
    assert all(r["published_at"] < "2022-06-21" for r in early["reports"])


def test_as_recorded_at_the_current_position_is_the_live_record(
    stack: RunningStack, strike: dict[str, Any]
) -> None:
    again = stack.read(f"/v1/incidents/{strike['id']}", as_recorded=strike["position"])
    assert again == strike


def test_as_recorded_before_the_first_report_there_was_no_such_incident(
    stack: RunningStack, strike: dict[str, Any]
) -> None:
    assert stack.get(f"/v1/incidents/{strike['id']}", as_recorded=1).status_code == 404


def test_the_history_tells_each_change_with_its_reason(stack: RunningStack, strike: dict[str, Any]) -> None:
    history = stack.read(f"/v1/incidents/{strike['id']}/history")["items"]
    assert [one["position"] for one in history] == sorted(one["position"] for one in history)
    assert history[-1]["position"] == strike["position"]
    assert all(one["reason"] == "new_report" for one in history)


def test_the_explanation_names_each_claim_counted_or_not(stack: RunningStack, strike: dict[str, Any]) -> None:
    told = stack.read(f"/v1/incidents/{strike['id']}/explain", field="fatalities")["fields"]["fatalities"]
    assert told["value"] == strike["fatalities"]
    assert told["claims"]
    assert all(one["because"] for one in told["claims"])


def test_another_figure_policy_changes_the_answer_not_the_record(
    stack: RunningStack, strike: dict[str, Any]
) -> None:
    low = stack.read(f"/v1/incidents/{strike['id']}", figure_policy="conservative/1")
    assert low["fatalities"]["best"] == strike["fatalities"]["low"]
    assert stack.read(f"/v1/incidents/{strike['id']}") == strike


def test_geojson_puts_longitude_first(stack: RunningStack, strike: dict[str, Any]) -> None:
    response = httpx.get(f"{stack.query}/v1/incidents?country=PE", headers={"accept": "application/geo+json"})
    feature = response.json()["features"][0]
    assert response.headers["content-type"] == "application/geo+json"
    longitude, latitude = feature["geometry"]["coordinates"]
    assert -82 < longitude < -68
    assert -19 < latitude < 0


def test_pages_follow_each_other_without_a_gap_or_a_repeat(
    stack: RunningStack, strike: dict[str, Any]
) -> None:
    whole = [one["id"] for one in stack.read("/v1/incidents", sort="-date", limit=200)["items"]]
    paged, after = [], {}
    while True:
        page = stack.read("/v1/incidents", sort="-date", limit=2, **after)
        paged += [one["id"] for one in page["items"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert paged == whole


def test_a_cursor_of_another_log_is_gone(stack: RunningStack, strike: dict[str, Any]) -> None:
    for path in ("/v1/incidents", "/v1/incidents/stream"):
        response = stack.get(path, after="another-log:5")
        assert response.status_code == 410
        assert response.headers["content-type"] == "application/problem+json"


def test_an_unknown_id_is_told_so(stack: RunningStack) -> None:
    for path in ("/v1/incidents/none", "/v1/incidents/none/history", "/v1/articles/none", "/v1/nothing"):
        response = stack.get(path)
        assert response.status_code == 404
        assert response.json()["status"] == 404


def read_stream(
    stack: RunningStack, count: int, headers: dict[str, str] | None = None, **params: Any
) -> list[Any]:
    with httpx.stream(
        "GET", f"{stack.query}/v1/incidents/stream", params=params, headers=headers, timeout=20
    ) as r:
        assert r.status_code == 200
        return list(islice(frames(r.iter_lines()), count))


def test_a_stream_resumes_after_any_position_without_a_gap(
    stack: RunningStack, strike: dict[str, Any]
) -> None:
    every = read_stream(stack, 8, after="0", hidden="true")
    ids = [cursor for cursor, _ in every]
    positions = [update["position"] for _, update in every]
    assert positions == sorted(set(positions))
    rest = read_stream(stack, 5, headers={"Last-Event-ID": ids[2]}, hidden="true")
    assert [cursor for cursor, _ in rest] == ids[3:]


def test_a_live_update_reaches_a_subscriber(stack: RunningStack, strike: dict[str, Any]) -> None:
    def lines() -> Iterator[str]:
        with httpx.stream("GET", f"{stack.query}/v1/incidents/stream", timeout=20) as response:
            for number, line in enumerate(response.iter_lines()):
                if number == 0:
                    stack.post(
                        {
                            "id": "live-1",
                            "source": "Harbour Post",
                            "published_at": "2024-05-03",
                            "title": "Bus crash kills six near Kumasi",
                            "text": "Six people were killed and eleven injured when a bus overturned near Kumasi, "
                            "Ghana, on Thursday, police said.",
                        }
                    )
                yield line

    cursor, update = next(frames(lines()))
    assert update["article_id"] == "live-1"
    assert cursor.endswith(f":{update['position']}")
    assert update["incident"]["place"]["country"] == "GH"


def test_the_read_models_equal_a_rebuild(stack: RunningStack, strike: dict[str, Any]) -> None:
    verified = stack.run("verify", "--json")
    assert verified.returncode == 0, verified.stderr
    rebuilt = stack.run("rebuild", "--json")
    assert rebuilt.returncode == 0, rebuilt.stderr
    assert json.loads(rebuilt.stdout)["hash"] == json.loads(verified.stdout)["hash"]
    assert stack.read(f"/v1/incidents/{strike['id']}") == strike


def test_show_prints_the_record_for_people(stack: RunningStack, strike: dict[str, Any]) -> None:
    shown = stack.run("show", strike["id"])
    assert shown.returncode == 0, shown.stderr
    assert "Reports" in shown.stdout
    assert "\x1b" not in shown.stdout


def test_a_new_version_of_an_article_takes_the_old_ones_place(stack: RunningStack) -> None:
    first = {
        "id": "versioned",
        "source": "Hill Courier",
        "published_at": "2024-06-11",
        "title": "Landslide kills two in Gorkha",
        "text": "A landslide killed two people in Gorkha, Nepal, on Tuesday, police said.",
    }
    second = {**first, "text": "A landslide killed five people in Gorkha, Nepal, on Tuesday, police said."}
    stack.post(first)
    found = eventually(lambda: _home(stack, "versioned"))
    stack.post(second)

    def updated() -> dict[str, Any] | None:
        record: dict[str, Any] = stack.read(f"/v1/incidents/{found}")
        return record if record["fatalities"]["best"] == 5 else None

    record = eventually(updated)
    assert {report["status"] for report in record["reports"]} == {"current", "superseded"}
    assert record["sources"]["articles"] == 1


def _home(stack: RunningStack, article_id: str) -> str | None:
    response = stack.get(f"/v1/articles/{article_id}")
    incidents = response.json().get("incidents") if response.status_code == 200 else None
    return incidents[0]["incident_id"] if incidents else None
