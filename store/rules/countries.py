"""Countries by their ISO 3166 code: which there are, and which one a time zone lies in.

of_zone("Europe/London")  →  "GB"
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def of_zone(zone: str) -> str:
    """The country of a time zone (an IANA name); China for one that lies in none (UTC)."""
    return _by_zone().get(zone, "CN")


def known(code: str) -> bool:
    """Whether there is such a country."""
    return code in _by_zone().values()


@cache
def _by_zone() -> dict[str, str]:
    """IANA's zone.tab: the country of every zone (https://www.iana.org/time-zones)."""
    lines = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return {row[2]: row[0] for row in rows}
