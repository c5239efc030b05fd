"""What the documents print works: commands, subscribers, the extractor; against a stack as a user runs it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from redis import Redis
from referencing import Registry, Resource

from tests.e2e.documents import ROOT, Document, addressed, documents
from tests.e2e.running import RunningStack, eventually

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

ARTICLE = {
    "id": "documents-1",
    "source": "Harbour Post",
    "published_at": "2024-09-03",
    "title": "Bus crash kills six near Oruro",
    "text": "Six people were killed when a bus overturned near Oruro, Bolivia, on Monday, police said.",
}
WITH_COMMANDS = [one for one in documents() if one.blocks("sh test")]
SUBSCRIBERS = Document("docs/subscribing.md").blocks("python run")
EXTRACTORS = Document("docs/extractors.md")


def environment(stack: RunningStack) -> dict[str, str]:
    """The stack's settings, with `wirefold` and this Python first on the PATH."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    return {**stack.environment, "PATH": path, "PYTHONPATH": str(ROOT), "COLUMNS": "120"}


def redis_url(stack: RunningStack) -> str:
    return (stack.data_dir / "redis" / "url").read_text(encoding="utf-8").strip()


@pytest.fixture
def with_an_incident(stack: RunningStack) -> RunningStack:
    """The stack, once it has at least one incident."""
    stack.post(ARTICLE)
    stack.extracted(1)
    return stack


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=[one.path for one in WITH_COMMANDS])
def test_the_commands_of_a_page_work_as_printed(page: Document, with_an_incident: RunningStack) -> None:
    commands = addressed("\n".join(page.blocks("sh test")), with_an_incident)
    done = subprocess.run(
        ["bash", "-eu", "-c", commands], cwd=ROOT, env=environment(with_an_incident),
        capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"


@contextmanager
def subscriber(program: str, stack: RunningStack, folder: Path) -> Iterator[Path]:
    """A printed program, running; yields the file that it writes its lines to."""
    printed = folder / "printed.txt"
    script = folder / "subscriber.py"
    script.write_text(program, encoding="utf-8")
    settings = {**environment(stack), "WIREFOLD_REDIS_URL": redis_url(stack)}
    with printed.open("wb") as out:
        process = subprocess.Popen([sys.executable, str(script)], env=settings, stdout=out, stderr=out)
        try:
            yield printed
            assert process.poll() is None, printed.read_text()
        finally:
            process.kill()
            process.wait()


@pytest.mark.parametrize("program", SUBSCRIBERS, ids=["redis-py", "faststream"])
def test_a_printed_subscriber_sees_every_update_from_the_first_on(
    program: str, with_an_incident: RunningStack, tmp_path: Path
) -> None:
    with subscriber(program, with_an_incident, tmp_path) as printed:
        first = Redis.from_url(redis_url(with_an_incident)).xrange("{wf}:incident.merged", count=1)[0][0]
        line = f"{first.decode().removesuffix('-0')} "
        eventually(lambda: any(one.startswith(line) for one in printed.read_text().splitlines()) or None)


def test_the_printed_extractor_can_be_installed_and_folds(tmp_path: Path) -> None:
    package, installed = tmp_path / "package", tmp_path / "installed"
    package.mkdir()
    (package / "pyproject.toml").write_text(EXTRACTORS.blocks("toml")[0], encoding="utf-8")
    (package / "flood_extractor.py").write_text(EXTRACTORS.blocks("python")[0], encoding="utf-8")
    install = ["-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "--no-index", "--target"]
    run_python(*install, str(installed), str(package))
    article = '{"id": "f", "published_at": "2024-02-03", "text": "A flash flood killed 7 in Durban."}\n'
    (tmp_path / "in.jsonl").write_text(article, encoding="utf-8")
    fold = ["-m", "services.cli.main", "fold", str(tmp_path / "in.jsonl"), "--out", str(tmp_path / "out")]
    run_python(*fold, "--extractor", "floods", PYTHONPATH=f"{installed}{os.pathsep}{ROOT}")
    record = yaml.safe_load((tmp_path / "out" / "incidents.jsonl").read_text(encoding="utf-8"))
    assert (record["event_type"], record["event_mode"], record["fatalities"]["best"]) == (
        "DISASTER",
        "flood",
        7,
    )
    by_module = ["--extractor", "flood_extractor:build"]
    run_python(*fold, *by_module, PYTHONPATH=f"{package}{os.pathsep}{ROOT}")


def run_python(*arguments: str, **more: str) -> None:
    done = subprocess.run(
        [sys.executable, *arguments], env={**os.environ, **more}, capture_output=True, text=True,
        timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_entries_of_running_streams_are_what_the_asyncapi_document_says(
    with_an_incident: RunningStack,
) -> None:
    """Field by field, for every stream that holds something now."""
    described = yaml.safe_load((ROOT / "docs" / "asyncapi.yaml").read_text(encoding="utf-8"))
    redis = Redis.from_url(redis_url(with_an_incident))
    seen = set()
    for channel in described["channels"].values():
        for _, fields in redis.xrange(channel["address"].replace("{prefix}", "{wf}:"), count=50):
            message = yaml.safe_load(fields[b"data"])
            for name in channel["messages"]:
                definition = described["components"]["messages"][name]
                if definition["payload"]["schema"]["properties"]["type"]["const"] == message["type"]:
                    validator(definition["payload"]["schema"]).validate(message)
                    headers = {
                        key.decode(): value.decode() for key, value in fields.items() if key != b"data"
                    }
                    Draft202012Validator(definition["headers"]).validate(headers)
                    seen.add(name)
    assert "incidentMerged" in seen


def validator(schema: dict[str, Any]) -> Draft202012Validator:
    """A validator that finds the committed schemas where the document points."""

    def fetch(uri: str) -> Resource[Any]:
        file = ROOT / "docs" / uri
        return Resource.from_contents(yaml.safe_load(file.read_text(encoding="utf-8")))

    return Draft202012Validator(schema, registry=Registry(retrieve=fetch))  # type: ignore[call-arg]
