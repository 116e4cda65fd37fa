"""The company's own fields, choice lists and required fields: /settings → fields, for owners.

Values in a retired field or of a retired choice are kept; Undo offers it in the forms again.
"""

from __future__ import annotations

import re

from handlers.fields import fields_of
from handlers.kit import forms
from handlers.kit.form_model import Choice, Field, Form
from handlers.kit.lists import PAGE, paged
from handlers.kit.reply import Button, Reply, Text, plain, t
from handlers.kit.request import Draft, Request
from handlers.kit.routes import Routes
from store import fields
from store.access import Action
from store.errors import Invalid, KehuError, NotAllowed
from store.rules.classification import FieldKind, Need
from store.rules.own_fields import CustomField, Option
from store.rules.script import fold

routes = Routes()

_BETWEEN = re.compile(r"[,，、;；\n]+")


@routes.button("fields", Action.RULES)
def show(req: Request) -> Reply:
    """Every field, the company's own first, each a tap from being changed."""
    return _fields(req, max(req.number(), 0) if req.args else 0)


def _fields(req: Request, skip: int = 0) -> Reply:
    known, needs = fields_of(req), fields.needs(req.tx)
    own = [key for key in known if fields.own_id(key) is not None]
    keys = [*own, *(key for key in known if key not in own and key != "name")]
    rows = [
        Button(_row(known[key].label, needs.get(key)), "field", key)
        for key in keys[skip : skip + PAGE]
    ]  # fmt: skip
    buttons = paged(rows, "fields", skip=skip, more=len(keys) > skip + PAGE)
    buttons.append([Button(t("fields.new"), "field.new"), Button(t("button.return"), "settings")])
    return Reply.say(t("fields.title"), t("fields.how"), buttons=buttons, replace=req.pressed)


def _row(label: Text, need: Need | None) -> Text:
    return label if need is None else t("fields.row", label=label, need=t(f"need.{need}"))


@routes.button("field", Action.RULES)
def one(req: Request) -> Reply:
    """One field: whether it is asked for, what is chosen from, its name."""
    return _field(req, req.word())


def _field(req: Request, key: str, *above: Text, undo: bool = False) -> Reply:
    known = fields_of(req).get(key)
    if known is None or key == "name":
        raise KehuError("no_longer")
    own = _own(req, key)
    needed = fields.needs(req.tx).get(key, Need.NONE)
    lines = [*above, t("fields.name", label=known.label)]
    if own is not None:
        lines.append(t(f"fields.kind.{own.kind}"))
    asked = [Button(_marked(t(f"need.{need}"), need is needed), "field.need", key, need) for need in Need]
    rest = []
    if _chosen_from(req, key):
        rest.append(Button(t("fields.options", n=len(fields.options(req.tx, key))), "options", key))
    if own is not None:
        rest += [Button(t("fields.rename"), "field.name", key), Button(t("fields.retire"), "field.retire", key)]
    back = [Button(t("button.return"), "fields", 0)]
    return Reply.say(*lines, buttons=[[req.undo()] if undo else [], asked, rest, back], replace=req.pressed)


def _own(req: Request, key: str) -> CustomField | None:
    field_id = fields.own_id(key)
    return None if field_id is None else fields.get(req.tx, field_id)


def _chosen_from(req: Request, key: str) -> bool:
    own = _own(req, key)
    return key in fields.LISTS or (own is not None and own.kind is FieldKind.CHOICE)


def _marked(label: Text, here: bool) -> Text:
    return t("settings.chosen", language=label) if here else label


@routes.button("field.need", Action.RULES, writes=True)
def need(req: Request) -> Reply:
    """Whether a field is asked for, must be filled, or neither."""
    key = req.word()
    if key not in fields_of(req) or req.word(1) not in set(Need):
        raise NotAllowed
    fields.set_need(req.tx, req.actor, key, Need(req.word(1)))
    return _field(req, key, t(f"fields.now.{req.word(1)}"), undo=True)


@routes.button("field.retire", Action.RULES, writes=True)
def retire(req: Request) -> Reply:
    """Asks for a field no more."""
    retired = fields.retire(req.tx, req.actor, fields.own_id(req.word()) or 0)
    back = [Button(t("button.return"), "fields", 0)]
    return Reply.say(t("fields.retired", label=retired.name), buttons=[[req.undo()], back], replace=True)


@routes.button("field.new", Action.RULES, writes=True)
def new(req: Request) -> Reply:
    """Begins a field of the company's own."""
    return forms.begin(req, NEW)


@routes.button("field.name", Action.RULES, writes=True)
def rename(req: Request) -> Reply:
    """Asks for a field's new name."""
    return forms.begin(req, RENAME, only="field_name", extra={"key": req.word()})


def _made(req: Request, draft: Draft) -> Reply:
    made = fields.add(req.tx, req.actor, str(draft.values["field_name"]), FieldKind(str(draft.values["field_kind"])))
    key = fields.own_key(made.id)
    if made.kind is FieldKind.CHOICE:
        return forms.begin(req, ADD_OPTIONS, only="options", extra={"key": key})
    return _field(req, key, t("fields.made", label=made.name), undo=True).closing()


def _renamed(req: Request, draft: Draft) -> Reply:
    key = str(draft.extra["key"])
    named = fields.rename(req.tx, req.actor, fields.own_id(key) or 0, str(draft.values["field_name"]))
    return _field(req, key, t("fields.renamed", label=named.name), undo=True).closing()


# What is chosen from --------------------------------------------------------------------------------------------------


@routes.button("options", Action.RULES)
def options(req: Request) -> Reply:
    """The choices of a field, or those that were added to a list of ours."""
    return _options(req, req.word(), max(req.number(1), 0) if len(req.args) > 1 else 0)


def _options(req: Request, key: str, skip: int = 0, *above: Text, undo: bool = False) -> Reply:
    if not _chosen_from(req, key):
        raise KehuError("no_longer")
    listed = fields.options(req.tx, key)
    rows = [Button(plain(one.name), "option", one.id) for one in listed[skip : skip + PAGE]]
    buttons = paged(rows, "options", key, skip=skip, more=len(listed) > skip + PAGE)
    buttons.append([Button(t("fields.option.new"), "option.new", key), Button(t("button.return"), "field", key)])
    lines = [*above, t("fields.option.title", label=fields_of(req)[key].label)]
    if not listed:
        lines.append(t("fields.option.none"))
    return Reply.say(*lines, buttons=[[req.undo()] if undo else [], *buttons], replace=req.pressed)


@routes.button("option", Action.RULES)
def option(req: Request) -> Reply:
    """One choice: rename it, or offer it no more."""
    chosen = _option(req, req.number())
    buttons = [
        [
            Button(t("fields.rename"), "option.name", chosen.id),
            Button(t("fields.retire"), "option.retire", chosen.id),
        ],
        [Button(t("button.return"), "options", chosen.list, 0)],
    ]
    return Reply.say(t("fields.name", label=chosen.name), buttons=buttons, replace=True)


def _option(req: Request, option_id: int) -> Option:
    chosen = fields.option(req.tx, option_id)
    if chosen is None or chosen.retired:
        raise KehuError("no_longer")
    return chosen


@routes.button("option.retire", Action.RULES, writes=True)
def retire_option(req: Request) -> Reply:
    """Offers a choice no more."""
    retired = fields.retire_option(req.tx, req.actor, _option(req, req.number()).id)
    return _options(req, retired.list, 0, t("fields.retired", label=retired.name), undo=True)


@routes.button("option.new", Action.RULES, writes=True)
def add_options(req: Request) -> Reply:
    """Asks for more to choose from."""
    if not _chosen_from(req, req.word()):
        raise KehuError("no_longer")
    return forms.begin(req, ADD_OPTIONS, only="options", extra={"key": req.word()})


@routes.button("option.name", Action.RULES, writes=True)
def rename_option(req: Request) -> Reply:
    """Asks for a choice's new name."""
    return forms.begin(req, RENAME_OPTION, only="field_name", extra={"option": _option(req, req.number()).id})


def _options_added(req: Request, draft: Draft) -> Reply:
    key, names = str(draft.extra["key"]), draft.values["options"]
    assert isinstance(names, list)
    for name in names:
        fields.add_option(req.tx, req.actor, key, name)
    said = t("fields.option.added", names=" · ".join(names))
    return _options(req, key, 0, said, undo=True).closing()


def _option_renamed(req: Request, draft: Draft) -> Reply:
    named = fields.rename_option(req.tx, req.actor, int(str(draft.extra["option"])), str(draft.values["field_name"]))
    return _options(req, named.list, 0, t("fields.renamed", label=named.name), undo=True).closing()


def _name(req: Request, typed: str) -> str:
    """A name that no field has yet."""
    name = fields.clean(typed)
    if any(fold(field.name) == fold(name) for field in fields_of(req).values()) or _is_ours(name):
        raise Invalid("field_taken", name)
    return name


def _is_ours(name: str) -> bool:
    """Whether a field of ours is called so, in either language: 电话 would be two things."""
    from handlers.understand.changes import field_in

    found = field_in(name, {})
    return found is not None and not found[0]


def _option_name(_: Request, typed: str) -> str:
    return fields.clean(typed)


def _option_names(_: Request, typed: str) -> list[str]:
    names = list(dict.fromkeys(fields.clean(part) for part in _BETWEEN.split(typed) if part.strip()))
    if not names:
        raise Invalid("field_name", typed)
    return names


def _kind(_: Request, typed: str) -> str:
    raise Invalid("field_kind", typed)


_KINDS = [Choice(kind.value, t(f"fields.kind.{kind.value}")) for kind in FieldKind]
NEW = forms.register(
    Form("field_new", Action.RULES, (
        Field("field_name", _name, required=True),
        Field("field_kind", _kind, required=True, choices=lambda _: _KINDS),
    ), _made, confirm=False)
)  # fmt: skip
RENAME = forms.register(
    Form("field_rename", Action.RULES, (Field("field_name", _name, required=True),), _renamed, confirm=False)
)
ADD_OPTIONS = forms.register(
    Form("options_add", Action.RULES, (Field("options", _option_names, required=True),), _options_added, confirm=False)
)
RENAME_OPTION = forms.register(
    Form("option_rename", Action.RULES, (Field("field_name", _option_name, required=True),), _option_renamed,
         confirm=False)
)  # fmt: skip
