"""The one error tree; its three branches decide what happens next.

    WirefoldError
    ├── Transient     the same call may succeed later   → leave pending, retry with backoff, to a limit
    ├── Permanent     this input will never succeed     → dead letter with the reason, acknowledge, go on
    ├── Corruption    stored data contradicts itself    → stop the service, report, repair by hand
    └── Refused       the caller or operator is told no → a message that says how to mend it

Every error of the project derives from one of these (a test walks the tree). Third-party errors are
turned into one of them at the adapter that meets them.
"""


class WirefoldError(Exception):
    """The root of all errors that wirefold raises on purpose."""


class Transient(WirefoldError):
    """Raised when the same call may succeed later: a server away, a lock held, a disk full."""


class Permanent(WirefoldError):
    """Raised when this input will never succeed, however often it is tried."""


class Corruption(WirefoldError):
    """Raised when stored data contradicts itself; nothing may go on writing."""


class Refused(WirefoldError):
    """Raised when a request or a command cannot be met as given; the message says what to do."""
