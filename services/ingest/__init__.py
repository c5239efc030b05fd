"""Ingest: takes articles over HTTP and puts them, once, into `article.raw`.

Pure: `normalise`, `identity`, `formats/`. I/O: `writer` (Redis), `app` (HTTP, composition root).
May import: `schemas`, the plumbing in `services`. May not import: `services.extract`, `services.store`.
"""
