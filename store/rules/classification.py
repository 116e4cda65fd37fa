"""The built-in lists by which customers are classified, beside level and stage: gender, language, industry, source.

The owner adds to industries and sources, and defines own fields (store/fields.py).
"""

from __future__ import annotations

from enum import StrEnum


class CustomerKind(StrEnum):
    """Whether a customer is a person or a company."""

    PERSON = "person"
    COMPANY = "company"


class Gender(StrEnum):
    """The gender by which somebody is addressed."""

    MALE = "male"
    FEMALE = "female"


class Language(StrEnum):
    """In which language somebody is best spoken to (ISO 639)."""

    ZH = "zh"
    YUE = "yue"
    EN = "en"
    JA = "ja"
    KO = "ko"
    RU = "ru"
    ES = "es"
    AR = "ar"


class Industry(StrEnum):
    """The built-in list of industries."""

    MANUFACTURING = "manufacturing"
    TRADE = "trade"
    RETAIL = "retail"
    TECHNOLOGY = "technology"
    CONSTRUCTION = "construction"
    FINANCE = "finance"
    HEALTH = "health"
    EDUCATION = "education"
    CATERING = "catering"
    LOGISTICS = "logistics"
    SERVICES = "services"
    PUBLIC = "public"


class Source(StrEnum):
    """Where a customer came from: the list that is there from the first day."""

    REFERRAL = "referral"
    EXHIBITION = "exhibition"
    WEBSITE = "website"
    ADVERTISING = "advertising"
    SOCIAL = "social"
    CALL = "call"
    WALK_IN = "walk_in"


class FieldKind(StrEnum):
    """The type of an own field of the company."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"


class Need(StrEnum):
    """Whether a field is asked for: never by itself, in the form with a way past it, or before anything is saved."""

    NONE = "none"
    RECOMMENDED = "recommended"
    REQUIRED = "required"
