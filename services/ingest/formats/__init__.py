"""The forms in which articles may be posted: JSON, NDJSON, schema.org JSON-LD, HTML. Pure."""
