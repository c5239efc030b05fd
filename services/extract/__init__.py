"""Extract: turns one article into the events it reports; any number of processes.

Pure: `document`, `model`, `ports`, `pipeline`, `components/`, `sketch`. Resources (gazetteer, lexicons,
weights) are loaded once and hashed into the extractor's version. I/O: `app` (streams, composition root).
May import: `schemas`, the plumbing in `services`. May not import: `services.ingest`, `services.store`.
"""
