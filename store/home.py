"""The country where the company is at home: in which telephone numbers are typed without a country code.

home.country(tx, "CN")            # as its owner says; "CN" is what the configuration says
home.set_country(tx, actor, "GB")
"""

from __future__ import annotations

from store import settings
from store.access import Actor
from store.db import Tx
from store.errors import Invalid
from store.rules import countries

_COUNTRY = "home.country"


def country(tx: Tx, default: str) -> str:
    """The country (ISO 3166), or the default until an owner has chosen one."""
    return settings.get(tx, _COUNTRY, default)


def set_country(tx: Tx, actor: Actor, code: str) -> None:
    """An owner says where the company is at home. Raises NotAllowed, and Invalid `home` for what is no country."""
    if not countries.known(code):
        raise Invalid("home", code)
    settings.change(tx, actor, _COUNTRY, code)
