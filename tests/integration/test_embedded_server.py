"""The embedded server: durable, alone on its data, gone when its parent is."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import redis

from services.embedded import embedded_server, server_url
from services.embedded_process import DataFolderTaken, EmbeddedServer, ServerDidNotStart
from services.errors import Refused
from services.lifetime import ProcessMark
from services.settings import Settings

pytestmark = pytest.mark.server

PARENT = """
import signal, sys, time
from pathlib import Path
signal.signal(signal.SIGINT, signal.default_int_handler)  # a runner in the background has it ignored
from services.embedded_process import EmbeddedServer
from services.settings import Settings
server = EmbeddedServer(Settings(data_dir=Path(sys.argv[1])))
server.start()
sys.stdout.write(f"\\nPID {server.pid}\\n")
sys.stdout.flush()
time.sleep(600)
"""


def settings_in(folder: Path, **changes: object) -> Settings:
    return Settings.model_validate({"data_dir": folder, **changes})


def test_it_writes_every_command_to_disk_before_it_answers(tmp_path: Path) -> None:
    with EmbeddedServer(settings_in(tmp_path)) as server, redis.Redis.from_url(server.url) as client:
        config = client.config_get("append*")
    assert (config["appendonly"], config["appendfsync"]) == ("yes", "always")


def test_what_it_holds_is_there_after_a_restart(tmp_path: Path) -> None:
    for expected in (None, b"kept"):
        with EmbeddedServer(settings_in(tmp_path)) as server, redis.Redis.from_url(server.url) as client:
            assert client.get("key") == expected
            client.set("key", "kept")


def test_it_listens_on_nothing_but_a_socket_of_its_owner(tmp_path: Path) -> None:
    with EmbeddedServer(settings_in(tmp_path)) as server:
        assert server.url.startswith("unix://")
        assert (tmp_path / "redis" / "server.sock").stat().st_mode & 0o077 == 0
        assert (tmp_path / "redis").stat().st_mode & 0o077 == 0


def test_a_folder_whose_path_is_too_long_for_a_socket_gets_a_loopback_port(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    with EmbeddedServer(settings_in(deep)) as server, redis.Redis.from_url(server.url) as client:
        assert server.url.startswith("redis://127.0.0.1:")
        assert client.config_get("bind") == {"bind": "127.0.0.1"}


def test_a_second_server_on_the_same_folder_is_refused_with_the_way_out(tmp_path: Path) -> None:
    with EmbeddedServer(settings_in(tmp_path)) as first:
        with pytest.raises(DataFolderTaken, match=f"process {os.getpid()}.*WIREFOLD_DATA_DIR"):
            EmbeddedServer(settings_in(tmp_path)).start()
        assert first.alive


def test_stopping_leaves_no_process_and_frees_the_folder(tmp_path: Path) -> None:
    server = EmbeddedServer(settings_in(tmp_path))
    server.start()
    assert server.pid is not None
    mark = ProcessMark.of(server.pid)
    server.stop()
    assert not mark.alive
    with EmbeddedServer(settings_in(tmp_path)):
        pass


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_the_server_ends_with_its_parent_however_that_ends(tmp_path: Path, ending: int) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert parent.stdout is not None
    line = next(line for line in parent.stdout if line.startswith("PID "))
    server = ProcessMark.of(int(line.removeprefix("PID ")))
    assert server.alive
    parent.send_signal(ending)
    parent.wait()
    parent.stdout.close()
    assert server.wait(10)


def test_a_server_left_behind_is_ended_before_a_new_one_starts(tmp_path: Path) -> None:
    """As after a crash on a system that does not tell children of their parent's death."""
    first = EmbeddedServer(settings_in(tmp_path))
    first.start()
    assert first.pid is not None
    mark = ProcessMark.of(first.pid)
    assert first._lock is not None
    os.close(first._lock)
    first._lock = None
    with EmbeddedServer(settings_in(tmp_path)) as second:
        assert second.pid != mark.pid
        first._process.wait(10)  # type: ignore[union-attr]
        assert not mark.alive


def test_a_mark_of_another_process_with_the_same_number_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "redis"
    folder.mkdir()
    (folder / "server.json").write_text(f'{{"pid": {os.getpid()}, "started_ticks": 1}}')
    with EmbeddedServer(settings_in(tmp_path)) as server:
        assert server.alive


def test_a_server_that_dies_is_started_again_with_its_data(tmp_path: Path) -> None:
    with embedded_server(settings_in(tmp_path)) as url, redis.Redis.from_url(url) as client:
        client.set("key", "kept")
        os.kill(int(client.info("server")["process_id"]), signal.SIGKILL)
        deadline = time.monotonic() + 15
        while time.monotonic() < deadline:
            try:
                if client.get("key") == b"kept":
                    return
            except redis.RedisError:
                time.sleep(0.05)
        pytest.fail("the server did not come back")


def test_a_program_that_ends_at_once_is_reported_with_its_last_words(tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_text("#!/bin/sh\necho 'no such option'\nexit 1\n")
    program.chmod(0o755)
    with pytest.raises(ServerDidNotStart, match="no such option"):
        EmbeddedServer(settings_in(tmp_path), program).start()


def test_other_processes_find_the_running_server_by_its_folder(tmp_path: Path) -> None:
    with EmbeddedServer(settings_in(tmp_path)) as server:
        assert server_url(settings_in(tmp_path)) == server.url
    with pytest.raises(Refused, match="WIREFOLD_REDIS_URL"):
        server_url(settings_in(tmp_path))


def test_a_url_that_is_set_is_used_and_nothing_is_started(tmp_path: Path) -> None:
    with embedded_server(settings_in(tmp_path, redis_url="redis://elsewhere:1/0")) as url:
        assert url == "redis://elsewhere:1/0"
    assert not (tmp_path / "redis").exists()
