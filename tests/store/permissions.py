"""Who may do what, written down by hand from what was promised to whom, cell by cell.

tests/store/test_permissions.py tries every cell with the store's own verbs on a real file; `docs/permissions.md` is
this, printed. After a change: `python -m tests.store.permissions`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from store.access import Action
from store.rules.models import Role

DOCUMENT = Path(__file__).parents[2] / "docs" / "permissions.md"

ACTIONS = {
    Action.GREET: "start, help, language, privacy",
    Action.STAFF: "menu, plain lines",
    Action.ADD: "add a customer",
    Action.FIND: "find",
    Action.SEE: "open the card; unmasked, the timeline too",
    Action.EDIT: "change fields, level, stage",
    Action.ASSIGN: "give to another owner, alone or a whole list; give a follow-up to a colleague",
    Action.LOG: "log a contact, write a note",
    Action.REMIND: "set a reminder",
    Action.DEAL: "see the deals and what was bought for how much, write them down",
    Action.LINK: "hand out the customer's link",
    Action.COMPLAIN: "open a case",
    Action.SEE_CASE: "read a case",
    Action.HANDLE: "take, answer, resolve a case",
    Action.SEE_FEEDBACK: "read feedback, answer it",
    Action.CAMPAIGN: "make a campaign, change its link, end it",
    Action.SURVEY: "send a questionnaire, read the answers",
    Action.HISTORY: "read the history",
    Action.REPORT: "count in reports, open the rows",
    Action.UNDO: "undo",
    Action.INVITE: "invite",
    Action.MANAGE: "let out and in, rename",
    Action.ROLES: "give roles and teams, shape the tree",
    Action.UNITS: "enter how many of a product were sold",
    Action.RULES: "set the company's hours, ladder, cadence, fields and lists",
    Action.RATE: "rate, add words",
    Action.OWN_CASES: "follow a case, answer",
    Action.OWN_DATA: "see and receive what is kept of oneself, ask for a correction or the erasing",
    Action.PRIVACY: "answer who asks to be erased",
}

ROLES = (Role.OWNER, Role.MANAGER, Role.SALESPERSON, Role.SUPPORT, Role.CUSTOMER, Role.STRANGER)

EVERYBODY = """
                owner     manager   salesperson  support   customer  stranger
greet           yes       yes       yes          yes       yes       yes
staff           yes       yes       yes          yes       no        no
add             yes       yes       yes          no        no        no
units           yes       yes       no           no        no        no
rules           yes       no        no           no        no        no
"""

# own: the member's own customer. team: a colleague's in the member's team. below: one of a team under it. pool: in the
# team, nobody's. case: a colleague's with an open case that is assigned to the member; closed: that case is resolved.
# other: another team's; moved: another team's with an open case that the member kept when they left that team.
# task: a colleague's with a follow-up that the member was given: theirs to do and to put off, and nothing else to set.
CUSTOMERS = {
    Role.OWNER: """
                own       team      below     pool      case      closed    other     moved     task
find            yes       yes       yes       yes       yes       yes       yes       yes       yes
see             yes       yes       yes       yes       yes       yes       yes       yes       yes
edit            yes       yes       yes       yes       yes       yes       yes       yes       yes
assign          yes       yes       yes       yes       yes       yes       yes       yes       yes
log             yes       yes       yes       yes       yes       yes       yes       yes       yes
remind          yes       yes       yes       yes       yes       yes       yes       yes       yes
deal            yes       yes       yes       yes       yes       yes       yes       yes       yes
link            yes       yes       yes       yes       yes       yes       yes       yes       yes
complain        yes       yes       yes       yes       yes       yes       yes       yes       yes
see_case        yes       yes       yes       yes       yes       yes       yes       yes       yes
handle          yes       yes       yes       yes       yes       yes       yes       yes       yes
see_feedback    yes       yes       yes       yes       yes       yes       yes       yes       yes
survey          yes       yes       yes       yes       yes       yes       yes       yes       yes
history         yes       yes       yes       yes       yes       yes       yes       yes       yes
report          yes       yes       yes       yes       yes       yes       yes       yes       yes
privacy         yes       yes       yes       yes       yes       yes       yes       yes       yes
""",
    Role.MANAGER: """
                own       team      below     pool      case      closed    other     moved     task
find            yes       yes       yes       yes       yes       yes       no        no        yes
see             yes       yes       yes       yes       yes       yes       no        no        yes
edit            yes       yes       yes       yes       yes       yes       no        no        yes
assign          yes       yes       yes       yes       yes       yes       no        no        yes
log             yes       yes       yes       yes       yes       yes       no        no        yes
remind          yes       yes       yes       yes       yes       yes       no        no        yes
deal            yes       yes       yes       yes       yes       yes       no        no        yes
link            yes       yes       yes       yes       yes       yes       no        no        yes
complain        yes       yes       yes       yes       yes       yes       no        no        yes
see_case        yes       yes       yes       yes       yes       yes       no        no        yes
handle          yes       yes       yes       yes       yes       yes       no        no        yes
see_feedback    yes       yes       yes       yes       yes       yes       no        no        yes
survey          yes       yes       yes       yes       yes       yes       no        no        yes
history         yes       yes       yes       yes       yes       yes       no        no        yes
report          yes       yes       yes       yes       yes       yes       no        no        yes
privacy         no        no        no        no        no        no        no        no        no
""",
    Role.SALESPERSON: """
                own       team      below     pool      case      closed    other     moved     task
find            yes       no        no        masked    no        no        no        no        no
see             yes       no        no        masked    no        no        no        no        yes
edit            yes       no        no        no        no        no        no        no        no
assign          no        no        no        no        no        no        no        no        no
log             yes       no        no        no        no        no        no        no        yes
remind          yes       no        no        no        no        no        no        no        no
deal            yes       no        no        no        no        no        no        no        no
link            yes       no        no        no        no        no        no        no        no
complain        yes       no        no        no        no        no        no        no        no
see_case        yes       no        no        no        no        no        no        no        no
handle          no        no        no        no        no        no        no        no        no
see_feedback    yes       no        no        no        no        no        no        no        no
survey          no        no        no        no        no        no        no        no        no
history         yes       no        no        no        no        no        no        no        no
report          no        no        no        no        no        no        no        no        no
privacy         no        no        no        no        no        no        no        no        no
""",
    Role.SUPPORT: """
                own       team      below     pool      case      closed    other     moved     task
find            masked    masked    masked    masked    yes       masked    no        no        masked
see             masked    masked    masked    masked    yes       masked    no        no        masked
edit            no        no        no        no        no        no        no        no        no
assign          no        no        no        no        no        no        no        no        no
log             no        no        no        no        no        no        no        no        no
remind          no        no        no        no        no        no        no        no        no
deal            no        no        no        no        no        no        no        no        no
link            no        no        no        no        no        no        no        no        no
complain        yes       yes       yes       yes       yes       yes       no        no        yes
see_case        yes       yes       yes       yes       yes       yes       no        no        yes
handle          yes       yes       yes       yes       yes       yes       no        no        yes
see_feedback    yes       yes       yes       yes       yes       yes       no        no        yes
survey          no        no        no        no        no        no        no        no        no
history         no        no        no        no        no        no        no        no        no
report          no        no        no        no        no        no        no        no        no
privacy         no        no        no        no        no        no        no        no        no
""",
}

# The customer's side: what is theirs, and what is another customer's.
GUESTS = """
                own       other
rate            yes       no
own_cases       yes       no
own_data        yes       no
see             no        no
find            no        no
"""

# Whoever came through the customer's link and has not shown that they are the customer: what they wrote themselves,
# what the customer's others wrote or the staff wrote down, and what is another customer's.
VISITORS = """
                written   customer  other
rate            yes       no        no
own_cases       yes       no        no
own_data        masked    masked    no
see             no        no        no
find            no        no        no
"""

# Of whom: oneself, members of one's team by role, one in a team below, a manager above, one of another team, an owner.
MEMBERS = {
    Role.OWNER: """
                self      salesperson  support   manager   below     above     other     owner
manage          yes       yes          yes       yes       yes       yes       yes       yes
roles           yes       yes          yes       yes       yes       yes       yes       yes
""",
    Role.MANAGER: """
                self      salesperson  support   manager   below     above     other     owner
manage          no        yes          yes       no        yes       no        no        no
roles           no        no           no        no        no        no        no        no
""",
    Role.SALESPERSON: """
                self      salesperson  support   manager   below     above     other     owner
manage          no        no           no        no        no        no        no        no
roles           no        no           no        no        no        no        no        no
""",
    Role.SUPPORT: """
                self      salesperson  support   manager   below     above     other     owner
manage          no        no           no        no        no        no        no        no
roles           no        no           no        no        no        no        no        no
""",
}

# Whom (the rows) into which team (the columns).
INVITES = {
    Role.OWNER: """
                own       below     above     other
owner           no        no        no        no
manager         yes       yes       yes       yes
salesperson     yes       yes       yes       yes
support         yes       yes       yes       yes
""",
    Role.MANAGER: """
                own       below     above     other
owner           no        no        no        no
manager         no        no        no        no
salesperson     yes       yes       no        no
support         yes       yes       no        no
""",
    Role.SALESPERSON: """
                own       below     above     other
salesperson     no        no        no        no
support         no        no        no        no
""",
    Role.SUPPORT: """
                own       below     above     other
salesperson     no        no        no        no
support         no        no        no        no
""",
}

# Whose campaign: of the member's team, of one under it, of the one above, of another, of the whole company. What it
# brought is read by others too: a salesperson reads of one that a customer of theirs has answered, which here is none.
CAMPAIGNS = {
    Role.OWNER: """
                own       below     above     other     company
campaign        yes       yes       yes       yes       yes
see_feedback    yes       yes       yes       yes       yes
""",
    Role.MANAGER: """
                own       below     above     other     company
campaign        yes       yes       no        no        no
see_feedback    yes       yes       no        no        no
""",
    Role.SALESPERSON: """
                own       below     above     other     company
campaign        no        no        no        no        no
see_feedback    no        no        no        no        no
""",
    Role.SUPPORT: """
                own       below     above     other     company
campaign        no        no        no        no        no
see_feedback    yes       yes       no        no        no
""",
}

# Whose change: one's own; one's own to what is out of reach by now; a colleague's.
UNDO = """
                own       lost      colleague
owner           yes       yes       no
manager         yes       no        no
salesperson     yes       no        no
support         yes       no        no
"""

Table = dict[str, dict[str, str]]


def table(text: str) -> Table:
    """Row → column → cell of one of the tables above."""
    head, *rows = (line.split() for line in text.strip().splitlines())
    return {name: dict(zip(head, cells, strict=True)) for name, *cells in rows}


def document() -> str:
    """docs/permissions.md."""
    lines = [
        "# Who may do what",
        "",
        "This page is printed from `tests/store/permissions.py` (`python -m tests.store.permissions`), where every cell"
        " is written by hand; `tests/store/test_permissions.py` tries each of them with the store's own verbs on a real"
        " file. Whatever is not listed is refused, and what is refused reads the same as what does not exist.",
        "",
        "**yes**: in full. **masked**: without contact details (phones, e-mails, WeChat, address show their ends only,"
        " and can't be searched). **·**: no.",
        "",
        *_printed("Everybody", EVERYBODY, "", _said),
        "## Customers, and what hangs on them",
        "",
        "Whose customer: the member's **own**; a colleague's in the **team**; one of a team **below**; the team's"
        " **pool** (nobody's); a colleague's with an open **case** that is assigned to the member, and with that case"
        " **closed**; **other**: another team's; **moved**: another team's with an open case that the member kept when"
        " they left it; a colleague's with a follow-up (a **task**) that the member was given.",
        "",
    ]
    for role, text in CUSTOMERS.items():
        lines += _printed(role.capitalize(), text, "#", _said)
    lines += ["## The customer's own side", "", *_printed("Customer", GUESTS, "#", _said)]
    lines += [
        "Whoever came through the customer's link is a visitor until they have shown that they are the customer: what"
        " they have **written** themselves; what else is the **customer**'s; an **other** customer's.", "",
        *_printed("Visitor", VISITORS, "#", _said),
    ]  # fmt: skip
    lines += [
        "## Members", "",
        "Of whom: oneself; members of the team by their role; one in a team **below**; a manager **above**; one of an"
        " **other** team; an owner. The last owner can't be let out or given another role.", "",
    ]  # fmt: skip
    for role, text in MEMBERS.items():
        lines += _printed(role.capitalize(), text, "#", _said)
    lines += ["## Invites", "", "Which role (row) into which team (column).", ""]
    for role, text in INVITES.items():
        lines += _printed(role.capitalize(), text, "#", str.capitalize)
    lines += [
        "## Feedback campaigns", "",
        "Whose campaign: of the **own** team, one **below**, the one **above**, an **other**, the whole **company**; as"
        " long as nobody has answered it. Whoever sees a feedback reads what its campaign brought them.", "",
    ]  # fmt: skip
    for role, text in CAMPAIGNS.items():
        lines += _printed(role.capitalize(), text, "#", _said)
    lines += [
        "## Undo", "",
        "Whose change: one's **own**; one's own to a record that is out of reach by now (**lost**); a **colleague**'s.",
        "",
        *_printed("", UNDO, "", str.capitalize),
    ]  # fmt: skip
    return "\n".join(lines).rstrip("\n") + "\n"


def _said(name: str) -> str:
    return ACTIONS[Action(name)]


def _printed(title: str, text: str, depth: str, said: Callable[[str], str]) -> list[str]:
    cells = table(text)
    columns = list(next(iter(cells.values())))
    lines = [f"##{depth} {title}", ""] if title else []
    lines += [f"| | {' | '.join(columns)} |", f"|---|{'---|' * len(columns)}"]
    for name, row in cells.items():
        lines.append(f"| {said(name)} | {' | '.join('·' if cell == 'no' else cell for cell in row.values())} |")
    return [*lines, ""]


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
