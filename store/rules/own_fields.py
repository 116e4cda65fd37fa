"""The models of a company's own customer fields and of its additions to our choice lists."""

from __future__ import annotations

from store.rules.classification import FieldKind, Need
from store.rules.models import Record


class CustomField(Record):
    """A field of the company's own. `retired`: it is asked and shown no more, what it held is kept."""

    name: str
    kind: FieldKind
    need: Need
    retired: bool


class Option(Record):
    """Something to choose, in the list of a field of the company's own or added to one of ours."""

    list: str
    name: str
    retired: bool
