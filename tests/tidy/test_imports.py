"""Import directions: the contracts of `.importlinter` hold, and name everything that they should."""

import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path
from typing import Final

import grimp

from tests.tidy.sources import ROOT

IO: Final = {"sqlalchemy", "redis", "faststream", "starlette", "uvicorn", "httpx", "prometheus_client"}
"""Packages that talk to a database, a server of streams or a network."""


def contracts() -> ConfigParser:
    parser = ConfigParser()
    parser.read(ROOT / ".importlinter", encoding="utf-8")
    return parser


def listed(contract: str, option: str) -> set[str]:
    return set(contracts()[f"importlinter:contract:{contract}"][option].split())


def test_every_import_contract_holds() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_plumbing_layer_names_every_module_of_services() -> None:
    layers = contracts()["importlinter:contract:layers"]["layers"].strip().splitlines()
    named = {word.strip("()") for word in layers[2].split() if word != ":"}
    there = {f"services.{path.stem}" for path in (ROOT / "services").glob("*.py") if path.stem != "__init__"}
    assert there - named == set()


def test_every_module_of_a_pure_core_is_held_pure() -> None:
    """A module that reaches no I/O today must be named in a contract, so that it stays so."""
    graph = grimp.build_graph("services", "schemas", include_external_packages=True, cache_dir=None)
    for service, free in (("store", ("services.store.query",)), ("extract", ())):
        held = listed(f"{service}-core-is-pure", "source_modules")
        pure = {
            name
            for name in graph.modules
            if name.startswith(f"services.{service}.")
            and not name.startswith(free)
            and not graph.find_children(name)
            and not {one.split(".")[0] for one in graph.find_upstream_modules(name)} & IO
        }
        unheld = {name for name in pure if not any(f"{name}.".startswith(f"{one}.") for one in held)}
        assert unheld == set(), f"name them in the contract {service}-core-is-pure of .importlinter"
