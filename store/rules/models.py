"""The records as they leave the store: frozen, validated, and masked for the actor who asked.

A handler never sees a row; it gets one of these, so it can't show what the actor may not see.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from store.rules.classification import CustomerKind, Gender, Language
from store.rules.money import Money
from store.rules.scores import Scale


class Role(StrEnum):
    """The role of an actor. `STRANGER` is everybody whom the company does not know; `CLOCK` is Kehu itself."""

    OWNER = "owner"
    MANAGER = "manager"
    SALESPERSON = "salesperson"
    SUPPORT = "support"
    CUSTOMER = "customer"
    STRANGER = "stranger"
    CLOCK = "clock"


class Level(StrEnum):
    """The value of a customer, which sets how often they should be contacted."""

    POTENTIAL = "potential"
    REGULAR = "regular"
    IMPORTANT = "important"
    VIP = "vip"


class Stage(StrEnum):
    """The stage of the business with a customer."""

    LEAD = "lead"
    CONTACTED = "contacted"
    QUALIFIED = "qualified"
    PROPOSAL = "proposal"
    CUSTOMER = "customer"
    LOYAL = "loyal"
    LAPSED = "lapsed"


class Severity(StrEnum):
    """The urgency of a complaint, which sets its SLA targets."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class CaseStatus(StrEnum):
    """The status of a complaint; store/case_life.py has the steps between them."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"
    REOPENED = "reopened"


class CaseVoice(StrEnum):
    """The author and audience of a message in a case."""

    CUSTOMER = "customer"
    STAFF = "staff"  # to the customer
    NOTE = "note"  # internal: the customer never sees it


class LabelKind(StrEnum):
    """The kinds of labels by which cases are sorted."""

    CATEGORY = "category"
    PRODUCT = "product"
    CAUSE = "cause"


class Contacted(StrEnum):
    """The kinds of interaction on a timeline. All but `NOTE` count as contact with the customer."""

    CALL = "call"
    MEETING = "meeting"
    VISIT = "visit"
    MESSAGE = "message"
    EMAIL = "email"
    NOTE = "note"


class Outcome(StrEnum):
    """The outcome of an interaction. The last four reached nobody and don't count as contact."""

    REACHED = "reached"
    LATER = "later"  # they asked for another time
    DONE = "done"  # met, seen
    SENT = "sent"
    REPLIED = "replied"
    NO_ANSWER = "no_answer"
    ABSENT = "absent"
    WRONG = "wrong"  # a wrong number
    POSTPONED = "postponed"


class FollowUpState(StrEnum):
    """The life of a follow-up."""

    PLANNED = "planned"
    DUE = "due"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    DONE = "done"
    MISSED = "missed"
    CANCELLED = "cancelled"


class Record(BaseModel):
    """What every record has: an id, and a version, which a change must name (or raise Stale)."""

    model_config = ConfigDict(frozen=True)

    id: int
    version: int


class Phone(BaseModel):
    """A telephone number: E.164, extension, and as it was typed."""

    model_config = ConfigDict(frozen=True)

    e164: str
    ext: str = ""
    raw: str = ""


#: A value in a field of the company's own: words, a number, a day as ISO 8601, an option's number, yes or no.
Value = str | int | float | bool


class CustomerWords(BaseModel):
    """The personal data of a customer, sealed under the customer's own key."""

    model_config = ConfigDict(frozen=True)

    name: str
    company: str = ""
    title: str = ""
    phones: tuple[Phone, ...] = ()
    emails: tuple[str, ...] = ()
    wechat: str = ""
    address: str = ""
    gender: Gender | None = None
    #: Apart from the birthday, since often only one of the two is known.
    birth_year: int | None = None
    #: Month and day, `05-01`.
    birthday: str = ""
    language: Language | None = None
    preferences: str = ""
    needs: str = ""
    notes: str = ""
    tags: tuple[str, ...] = ()
    #: Values of the company's own fields, by the field's number as text.
    custom: dict[str, Value] = {}


class CustomerFacts(CustomerWords):
    """All that can be entered about a customer: the personal data, and the attributes by which lists are filtered."""

    kind: CustomerKind = CustomerKind.PERSON
    level: Level = Level.POTENTIAL
    stage: Stage = Stage.LEAD
    #: A code of store/rules/areas.py: `CN-ZJ/杭州`.
    region: str | None = None
    # Each a built-in name (store/rules/classification.py), or the number of an option that the owner added.
    industry: str | None = None
    source: str | None = None


class Customer(Record, CustomerFacts):
    """A customer, person or company."""

    owner_id: int | None
    team_id: int | None
    created_at: datetime
    updated_at: datetime
    last_contact_at: datetime | None
    archived: bool
    #: Whether contacts are masked, as the actor may not see them in the clear.
    masked: bool


class Interaction(Record):
    """An interaction with a customer, or a note about one."""

    customer_id: int
    kind: Contacted
    outcome: Outcome | None
    author_id: int | None
    at: datetime
    text: str
    #: The author of forwarded words; else empty.
    origin: str


class FileKind(StrEnum):
    """Telegram's kind of a file, by which it is also sent again."""

    PHOTO = "photo"
    VOICE = "voice"
    VIDEO = "video"
    AUDIO = "audio"
    DOCUMENT = "document"


class FileState(StrEnum):
    """Whether the bytes of a file are still to be fetched from Telegram, kept in the book, or lost."""

    WAITING = "waiting"
    KEPT = "kept"
    LOST = "lost"


class Attachment(Record):
    """A photo, recording or file that is attached to a record."""

    #: The table of the record: "interaction", "complaint", …
    record: str
    record_id: int
    customer_id: int | None
    author_id: int | None
    kind: FileKind
    state: FileState
    # As the sender's phone called it.
    name: str
    mime: str
    #: Bytes.
    size: int
    created_at: datetime


class FollowUp(Record):
    """Something that a member is to do for a customer at a time."""

    customer_id: int
    staff_id: int
    author_id: int | None
    due_at: datetime
    zone: str
    state: FollowUpState
    #: How often it has rung.
    rings: int
    #: Whether its member may see the customer only because of this follow-up.
    lent: bool
    text: str
    outcome: str


class DealState(StrEnum):
    """The state of a deal. A won deal is a purchase."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


class LostWhy(StrEnum):
    """The reasons for losing a deal that are offered as buttons (texts `deal.why.…`)."""

    PRICE = "price"
    OTHER = "other"  # they chose somebody else
    BUDGET = "budget"
    SILENT = "silent"


class Deal(Record):
    """Something that is or may be sold to a customer."""

    customer_id: int
    author_id: int | None
    state: DealState
    title: str
    money: Money | None
    #: The day by which it should be decided.
    expected: date | None
    # Why it was lost: in a member's own words, or as one of the reasons on offer.
    reason: str
    why: LostWhy | None
    decided_at: datetime | None
    created_at: datetime


class Label(Record):
    """A category, a product or a root cause of cases."""

    kind: LabelKind
    #: Names a built-in label in the texts; empty for one that the company added.
    code: str
    name: str


class Complaint(Record):
    """A case. Its id is the number by which everybody calls it. A customer gets it without cause and members."""

    customer_id: int
    team_id: int | None
    author_id: int | None
    assignee_id: int | None
    status: CaseStatus
    severity: Severity
    opened_at: datetime
    resolved_at: datetime | None
    #: The instant by which the customer should hear from us, also when it has passed; None while no time runs.
    due_at: datetime | None
    text: str
    #: Whether it was opened with a photo or a recording alone.
    wordless: bool
    #: How it was solved, in words for the customer.
    remedy: str
    category: Label | None
    product: Label | None
    cause: Label | None
    #: The case that this one repeats.
    merged_into: int | None
    rating: int | None

    def label(self, kind: LabelKind) -> Label | None:
        """The label of a kind, if the case has one."""
        return {LabelKind.CATEGORY: self.category, LabelKind.PRODUCT: self.product, LabelKind.CAUSE: self.cause}[kind]


class CaseMessage(Record):
    """A message in a case, after the words that opened it."""

    complaint_id: int
    author_id: int | None
    kind: CaseVoice
    at: datetime
    text: str


class Campaign(Record):
    """A question to anybody who passes, answered on a scale. An ended one keeps its results."""

    name: str
    scale: Scale
    anonymous: bool
    #: The team that sees the anonymous answers; None: the owners only.
    team_id: int | None
    ended: bool


class Feedback(Record):
    """A score, words, or both, from a customer or from somebody unknown."""

    customer_id: int | None
    team_id: int | None
    #: The case that it became.
    complaint_id: int | None
    campaign_id: int | None
    #: The purchase that it is about.
    deal_id: int | None
    score: int | None
    scale: Scale
    text: str
    #: What the customer was last told in return; empty, though it was `answered`, means plain thanks.
    answer: str
    answered: bool
    seen: bool
    created_at: datetime

    @property
    def low(self) -> bool:
        """Whether the score is low enough to need attention."""
        return self.score is not None and self.score <= self.scale.low


class Member(Record):
    """Somebody of the staff."""

    telegram_id: int
    chat_id: int
    name: str
    role: Role
    team_id: int | None
    language: str
    zone: str
    active: bool
    reachable: bool = True


class Team(Record):
    """A team; `parent_id` makes the tree."""

    name: str
    parent_id: int | None
