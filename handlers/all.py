"""The list of all features. To add one: write its module with a `routes`, add it here, and write its texts in both
languages.
"""

from __future__ import annotations

from importlib import import_module

from handlers.kit import calendar, forms
from handlers.kit.routes import Routes, join

MODULES = (
    "start",
    "staff",
    "customers",
    "tags",
    "changes",
    "correcting",
    "company_fields",
    "capture",
    "duplicates",
    "requests",
    "forwards",
    "attachments",
    "search",
    "sentences",
    "lists",
    "ranges",
    "bulk",
    "inline",
    "contacts",
    "deals",
    "deal_words",
    "timeline",
    "history",
    "followups",
    "reminders",
    "moving",
    "finishing",
    "today",
    "my_day",
    "home",
    "week",
    "pick",
    "worktime",
    "handing",
    "ladder_settings",
    "complaints",
    "cases",
    "case_sorting",
    "case_alike",
    "case_story",
    "case_lists",
    "case_list",
    "case_report",
    "product_units",
    "product_report",
    "case_news",
    "case_warnings",
    "feedback",
    "feedback_answers",
    "campaigns",
    "campaign_results",
    "customer_links",
    "guests",
    "guest_words",
    "guest_cases",
    "guest_campaigns",
    "own_data",
    "own_proof",
    "data_requests",
    "surveys",
    "questionnaires",
    "questions",
    "answering",
    "mailings",
    "questionnaire_results",
    "digests",
)


def all_routes() -> Routes:
    """The routes of every feature, joined."""
    return join([forms.routes, calendar.routes, *(import_module(f"handlers.{name}").routes for name in MODULES)])
