"""Who an article is: its canonical URL, its id, and the hash of its content. Pure.

The id is the client's; else it follows from the canonical URL; else from the content. The same id with
the same content hash is the same article, with another hash a new version of it.
"""

import hashlib
from datetime import datetime
from typing import Final
from urllib.parse import parse_qsl, quote, urlsplit, urlunsplit

import orjson

from services.envelopes import derived_id
from services.errors import Refused

TRACKERS: Final = frozenset(
    {
        "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid",
        "igshid", "igsh", "mc_cid", "mc_eid", "mkt_tok", "vero_id", "_hsenc", "_hsmi", "oly_anon_id",
        "oly_enc_id", "rb_clickid", "s_cid", "wickedid", "_ga", "_gl", "cmpid", "ocid", "smid", "smtyp",
        "soc_src", "soc_trk", "xtor", "ito", "ns_campaign", "ns_mchannel", "ns_source", "ns_linkname",
    }
)  # fmt: skip
"""Query parameters that say where a click came from, never which article it is."""

TRACKER_PREFIXES: Final = ("utm_", "at_campaign", "at_medium", "at_link", "pk_", "mtm_", "hsa_", "__twitter_")

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


class UnusableUrl(Refused):
    """Raised for what is no absolute http(s) URL."""


def canonical_url(url: str) -> str:
    """The URL by which an article is known: https, lower-case host, no fragment, no known trackers.

    `http` counts as `https`: no outlet publishes different articles under the two. The rest of the query
    stays as it is, in its order: on many sites it names the article. Raises UnusableUrl.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise UnusableUrl(f"not a URL: {error}") from None
    if parts.scheme.lower() not in _DEFAULT_PORTS or not parts.hostname:
        raise UnusableUrl("not an absolute http or https URL")
    own_port = port if port not in (None, _DEFAULT_PORTS[parts.scheme.lower()]) else None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    netloc = host.lower() if own_port is None else f"{host.lower()}:{own_port}"
    return urlunsplit(("https", netloc, _path(parts.path), _query(parts.query), ""))


def domain_of(address: str) -> str | None:
    """The host of a canonical URL without `www.`."""
    host = urlsplit(address).hostname
    return host.removeprefix("www.") if host else None


def article_id(client_id: str | None, address: str | None, content_hash: str) -> str:
    """The article's id; `address` is its canonical URL."""
    if client_id is not None:
        return client_id
    if address is not None:
        return derived_id("article.url", address)
    return derived_id("article.content", content_hash)


def content_hash(
    *,
    title: str | None,
    text: str,
    language: str | None,
    byline: str | None,
    published_at: datetime | None,
    published_precision: str | None,
    source_name: str | None,
    source_domain: str | None,
) -> str:
    """SHA-256 (hex) of everything of an article that can matter to its facts; the URL is not part of it.

    The fields are hashed as a JSON array in the order of the parameters, times in UTC.
    """
    moment = None if published_at is None else published_at.isoformat()
    fields = [title, text, language, byline, moment, published_precision, source_name, source_domain]
    return hashlib.sha256(orjson.dumps(fields)).hexdigest()


def _path(path: str) -> str:
    return quote(path, safe="/%:@!$&'()*+,;=~-._") or "/"


def _query(query: str) -> str:
    if not query:
        return ""
    kept = [part for part in query.split("&") if part and not _is_tracker(part)]
    return "&".join(kept)


def _is_tracker(part: str) -> bool:
    pairs = parse_qsl(part, keep_blank_values=True)
    name = pairs[0][0].lower() if pairs else part.lower()
    return name in TRACKERS or name.startswith(TRACKER_PREFIXES)
