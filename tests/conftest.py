"""Fixtures that all tests share: a real server of streams, and settings under a prefix of their own.

The server comes from a container where Docker runs and has an image, else from PATH, else from the
wheel. Without any of them a test is skipped on a laptop and fails where CI is set.
"""

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from services.embedded_process import EmbeddedServer
from services.embedded_program import NoServerProgram
from services.settings import Settings

IMAGES = ("valkey/valkey", "redis")
SERVER_COMMAND = "--appendonly yes --appendfsync always --save '' --protected-mode no"


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Coroutine tests run on asyncio, as the services do."""
    return "asyncio"


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a server for the whole run, durable as in production."""
    with ExitStack() as stack:
        yield container_url(stack) or program_url(stack, tmp_path_factory.mktemp("server"))


@pytest.fixture
def settings(server_url: str, tmp_path: Path) -> Settings:
    """Settings whose streams no other test sees, with short waits."""
    return settings_for(server_url, tmp_path)


def settings_for(url: str, data_dir: Path, **changes: object) -> Settings:
    """Settings for tests: an own prefix, pauses in tenths of a second."""
    values: dict[str, object] = {
        "redis_url": url,
        "data_dir": data_dir,
        "stream_prefix": f"{{test-{secrets.token_hex(4)}}}:",
        "poll_ms": 100,
        "min_idle_ms": 300,
        "reclaim_interval_ms": 100,
        "trim_interval_ms": 200,
        "redis_backoff_min_ms": 10,
        "redis_backoff_max_ms": 200,
        "load_check_interval_ms": 50,
        "stop_grace_max_ms": 3_000,
    }
    return Settings.model_validate(values | changes)


def container_url(stack: ExitStack) -> str | None:
    """The URL of a server in a container, if Docker has an image of one at hand."""
    image = local_image()
    if image is None:
        return None
    os.environ.setdefault("TESTCONTAINERS_RYUK_DISABLED", "true")
    if sys.platform == "linux":
        os.environ.setdefault("TESTCONTAINERS_CONNECTION_MODE", "bridge_ip")
    from testcontainers.community.redis import RedisContainer

    program = "valkey-server" if "valkey" in image else "redis-server"
    container = RedisContainer(image).with_command(f"{program} {SERVER_COMMAND}")
    if sys.platform == "linux":
        container.ports.clear()  # reached over the bridge: nothing listens on the host
    stack.enter_context(container)
    return f"redis://{container.get_container_host_ip()}:{container.get_exposed_port(6379)}/0"


def local_image() -> str | None:
    """The tag of a server image that Docker holds; nothing is pulled."""
    import docker
    from docker.errors import DockerException

    try:
        tags = [tag for image in docker.from_env().images.list() for tag in image.tags]
    except DockerException:
        return None
    names = {tag.rpartition(":")[0]: tag for tag in tags}
    return next((names[name] for name in IMAGES if name in names), None)


def program_url(stack: ExitStack, folder: Path) -> str:
    """The URL of a server started from a program on this machine."""
    try:
        return stack.enter_context(EmbeddedServer(Settings(data_dir=folder))).url
    except NoServerProgram as error:
        if os.environ.get("CI"):
            pytest.fail(f"CI needs a server: {error}")
        pytest.skip(str(error))
