"""The store's HTTP readers: incidents, articles, history, explanations, the live stream of updates.

A process of its own over the same database, as many as wanted; it never writes. Pure: `filters`,
`cursor`, `geojson`, `explain`, `moments`. I/O: `reads` (SQL), `hub` and `stream` (SSE), `app`
(composition root). May import: the store's core and projections, `schemas`, the plumbing.
"""
