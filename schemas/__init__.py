"""The contracts of wirefold: every message and record that crosses a process boundary.

Lives here: frozen pydantic models, the controlled vocabularies, the upcasters and the committed
JSON Schemas. May import: the standard library and pydantic. May not import: anything of
`services`. No I/O: nothing here opens a file, a socket or a clock (the tool that writes
`versions/*.json` lives outside).
"""
