"""Pages: has HTML read in the sandbox, one page at a time, and refuses when too many wait.

May import: the standard library, orjson, the plumbing, the pure modules of ingest.
"""

import asyncio
import codecs
from typing import Final

import orjson

from services.errors import Transient
from services.ingest.faults import Fault, IngestRefused
from services.ingest.formats.html_page import TARGET, request_for
from services.ingest.posting import Posting, single
from services.sandbox import Broke, Result, Sandbox, SandboxLimits
from services.settings import Settings

PAGES_WAITING_MAX: Final = 32
"""Pages that may wait for the one being read; each holds its body in memory."""


class TooManyPages(Transient):
    """Raised when too many pages wait to be read."""


class Pages:
    """Reads pages; the sandbox starts with the first."""

    def __init__(self, settings: Settings) -> None:
        limits = SandboxLimits(
            settings.html_time_max_ms, settings.extract_start_max_ms, settings.html_memory_max_mib
        )
        self._sandbox = Sandbox(TARGET, "", limits)
        self._one_at_a_time = asyncio.Lock()
        self._waiting = 0

    async def read(self, page: bytes, charset: str | None, url: str | None) -> Posting:
        """The article in a page. Raises IngestRefused (422, 413), TooManyPages."""
        if self._waiting >= PAGES_WAITING_MAX:
            raise TooManyPages(f"{self._waiting} pages wait to be read")
        self._waiting += 1
        try:
            async with self._one_at_a_time:
                return single(await self._read(request_for(_as_utf8(page, charset), url)))
        finally:
            self._waiting -= 1

    async def _read(self, request: bytes) -> object:
        async for reply in self._sandbox.run([request]):
            if isinstance(reply, Result):
                return orjson.loads(reply.payload)
            raise _refusal(reply)
        raise AssertionError("the sandbox answers every request")

    async def stop(self) -> None:
        """End the sandbox."""
        await self._sandbox.stop()


def _refusal(broke: Broke) -> IngestRefused:
    if broke.branch == "Permanent":
        detail = "no article found in the page"
    else:
        detail = f"the page could not be read: {broke.reason}"
    return IngestRefused("invalid-article", detail, faults=(Fault("", detail),))


def _as_utf8(page: bytes, charset: str | None) -> bytes:
    """The page in UTF-8 where its sender said what it is in; else as it is, for the parser to find out."""
    if charset in {None, "utf-8", "utf8"}:
        return page
    try:
        return page.decode(codecs.lookup(charset or "").name, "replace").encode("utf-8", "replace")
    except (LookupError, ValueError):
        raise IngestRefused("unsupported-media-type", "the character set of the page is not known") from None
