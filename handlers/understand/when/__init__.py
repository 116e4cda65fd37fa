"""When: the day, the time or the rhythm that a person's words mean."""

from handlers.understand.when.answer import as_json
from handlers.understand.when.reader import When, read, read_all

__all__ = ["When", "as_json", "read", "read_all"]
