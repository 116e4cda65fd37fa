"""Upkeep of the file when nobody is at work: merges the pieces of the search index.

while await book.write(upkeep.step): …      # the clock does, with pauses
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from store import followups, queue, search_index
from store.db import Tx


def step(tx: Tx) -> bool:
    """One short step, in the quiet hours of everybody's zone, until it is done for this night; whether it did one."""
    tonight = f"tidy:{tx.now:%Y-%m-%d}"
    if not _night(tx) or queue.happened(tx, tonight):
        return False
    if search_index.tidy(tx):
        return True
    queue.once(tx, tonight)
    return False


def _night(tx: Tx) -> bool:
    hours = followups.hours(tx)
    zones = [ZoneInfo(row["zone"]) for row in tx.all("SELECT DISTINCT zone FROM staff WHERE active")]
    return bool(zones) and all(hours.quiet(tx.now, zone) for zone in zones)
