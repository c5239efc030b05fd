"""Extractors that do what an article's title tells them: raise, hang, crash, eat memory, or nothing."""

import os
import sys
import time

from schemas.article import RawArticle
from schemas.extraction import ExtractedEvent, ExtractorId
from services.errors import Permanent, Transient
from services.extract.ports import Extraction


class TroubledExtractor:
    """Obeys titles; counts nothing, keeps nothing."""

    id = ExtractorId(name="troubled", version="1.0.0")

    def extract(self, article: RawArticle) -> Extraction:
        match article.title:
            case "raise":
                raise ValueError("no such word")
            case "permanent":
                raise Permanent("never")
            case "transient":
                raise Transient("a service is away")
            case "hang":
                time.sleep(3600)
            case "crash":
                os.abort()
            case "memory":
                return Extraction((ExtractedEvent(weapon=str(len(bytearray(1 << 40)))),), 0)
            case "recursion":
                return self.extract(article)
            case "print":
                sys.stdout.write("a library that prints must not break the channel\n")
        return Extraction((ExtractedEvent(weapon="none"),), 0)


def build() -> TroubledExtractor:
    return TroubledExtractor()


def build_nothing() -> TroubledExtractor:
    raise OSError("the resources are gone")


class FixedExtractor(TroubledExtractor):
    """The same after the fix: nothing troubles it."""

    id = ExtractorId(name="troubled", version="1.0.1")

    def extract(self, article: RawArticle) -> Extraction:
        return Extraction((ExtractedEvent(weapon="none"),), 0)


def build_fixed() -> FixedExtractor:
    return FixedExtractor()
