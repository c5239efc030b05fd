"""Writes the list of ordinary English words that are also names of places.

A word counts as ordinary when news texts write it in lower case in at least `LEAST` articles. Texts come
as JSON Lines with a key "text"; all-capital texts are left out. Only single words go into the list.

    python tools/gazetteer/derive_common_words.py services/extract/resources/gazetteer/data ARTICLES.jsonl…
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from services.extract.resources.gazetteer import open_gazetteer

LEAST = 3
_WORD = re.compile(r"(?<![\w.'’/@-])[a-z]{2,}(?![\w/@])(?!\.\w)")


def texts(paths: Iterable[Path]) -> Iterator[str]:
    """The texts of JSON Lines files."""
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            yield from (json.loads(line)["text"] for line in lines)


def main() -> None:
    """Writes common_words.txt into the folder given."""
    folder, paths = Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]
    gazetteer = open_gazetteer()
    articles: Counter[str] = Counter()
    for text in texts(paths):
        articles.update(set(_WORD.findall(text)))
    words = sorted(w for w, n in articles.items() if n >= LEAST and gazetteer.find(w).entities)
    (folder / "common_words.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    print(f"common_words.txt: {len(words)} words")


if __name__ == "__main__":
    main()
