"""The `wirefold` command: one file a command. May import everything; nothing imports it."""
