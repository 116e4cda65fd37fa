"""The records as they leave the store: frozen, validated, already masked for the actor who asked.

A handler never sees a row; it sees one of these. What the actor may not see is masked in here, not in a text.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from store.rules.classification import CustomerKind, Gender, Language
from store.rules.money import Money
from store.rules.scores import Scale


class Role(StrEnum):
    """Who somebody is to the company. `STRANGER` is everybody else; `CLOCK` is Kehu itself."""

    OWNER = "owner"
    MANAGER = "manager"
    SALESPERSON = "salesperson"
    SUPPORT = "support"
    CUSTOMER = "customer"
    STRANGER = "stranger"
    CLOCK = "clock"


class Level(StrEnum):
    """How much a customer matters; the cadence of contact follows it."""

    POTENTIAL = "potential"
    REGULAR = "regular"
    IMPORTANT = "important"
    VIP = "vip"


class Stage(StrEnum):
    """How far the business with a customer has come."""

    LEAD = "lead"
    CONTACTED = "contacted"
    QUALIFIED = "qualified"
    PROPOSAL = "proposal"
    CUSTOMER = "customer"
    LOYAL = "loyal"
    LAPSED = "lapsed"


class Severity(StrEnum):
    """How badly a complaint presses."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class CaseStatus(StrEnum):
    """Where a complaint stands."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"
    REOPENED = "reopened"


class CaseVoice(StrEnum):
    """Who speaks in a case: the customer, the staff to the customer, or the staff among themselves."""

    CUSTOMER = "customer"
    STAFF = "staff"
    NOTE = "note"


class LabelKind(StrEnum):
    """What cases are sorted by."""

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
    """What came of a contact. The last four reached nobody and don't count as contact."""

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
    """What every record has: an id, and the version that a change must name."""

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
    """What identifies a customer, and what was said about them; sealed under the customer's own key.

    `birthday` is `05-01`, month and day; the year stands by itself, since often only one of the two is known.
    `custom` holds the values of the company's own fields by their number, written as text.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    company: str = ""
    title: str = ""
    phones: tuple[Phone, ...] = ()
    emails: tuple[str, ...] = ()
    wechat: str = ""
    address: str = ""
    gender: Gender | None = None
    birth_year: int | None = None
    birthday: str = ""
    language: Language | None = None
    preferences: str = ""
    needs: str = ""
    notes: str = ""
    tags: tuple[str, ...] = ()
    custom: dict[str, Value] = {}


class CustomerFacts(CustomerWords):
    """All that is told of a customer: the words, and what lists are narrowed by.

    `region` is a place of store/rules/areas.py (`CN-ZJ/杭州`); `industry` and `source` are a name of ours or the number
    of an option that the owner added.
    """

    kind: CustomerKind = CustomerKind.PERSON
    level: Level = Level.POTENTIAL
    stage: Stage = Stage.LEAD
    region: str | None = None
    industry: str | None = None
    source: str | None = None


class Customer(Record, CustomerFacts):
    """A person or a company that the book keeps. `masked`: the contact fields show only their ends."""

    owner_id: int | None
    team_id: int | None
    created_at: datetime
    updated_at: datetime
    last_contact_at: datetime | None
    archived: bool
    masked: bool


class Interaction(Record):
    """A contact with a customer, or a note about one. `origin`: whose words they are, when they were forwarded."""

    customer_id: int
    kind: Contacted
    outcome: Outcome | None
    author_id: int | None
    at: datetime
    text: str
    origin: str


class FileKind(StrEnum):
    """What a file is to Telegram, and so how it is shown again."""

    PHOTO = "photo"
    VOICE = "voice"
    VIDEO = "video"
    AUDIO = "audio"
    DOCUMENT = "document"


class FileState(StrEnum):
    """Whether a file is still with Telegram only, kept in the book, or lost for good."""

    WAITING = "waiting"
    KEPT = "kept"
    LOST = "lost"


class Attachment(Record):
    """A photo, recording or file that hangs on a record. `size` in bytes; `mime` as its sender's phone called it."""

    record: str
    record_id: int
    customer_id: int | None
    author_id: int | None
    kind: FileKind
    state: FileState
    name: str
    mime: str
    size: int
    created_at: datetime


class FollowUp(Record):
    """Something to do for a customer at a time. `lent`: its member has the customer for this alone."""

    customer_id: int
    staff_id: int
    author_id: int | None
    due_at: datetime
    zone: str
    state: FollowUpState
    rings: int
    lent: bool
    text: str
    outcome: str


class DealState(StrEnum):
    """What became of a deal. A won one is a purchase."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


class LostWhy(StrEnum):
    """Why deals are lost, as it is tapped: each reader reads it in their own language (texts `deal.why.…`)."""

    PRICE = "price"
    OTHER = "other"  # they chose somebody else
    BUDGET = "budget"
    SILENT = "silent"


class Deal(Record):
    """Something that is sold, or may be. `expected`: by which day it should be decided; why it was lost says `why`, or
    `reason` in somebody's own words.
    """

    customer_id: int
    author_id: int | None
    state: DealState
    title: str
    money: Money | None
    expected: date | None
    reason: str
    why: LostWhy | None
    decided_at: datetime | None
    created_at: datetime


class Label(Record):
    """A category, a product or a common cause of cases. `code`: one that Kehu brings along, named in the texts."""

    kind: LabelKind
    code: str
    name: str


class Complaint(Record):
    """A case. Its id is the number that everybody calls it by.

    `due_at`: until when the customer was to hear from us, be it past; None while no time runs. `merged_into`: the case
    that this one repeats. `wordless`: it was begun with a photo or a recording alone. The customer is shown no cause.
    """

    customer_id: int
    team_id: int | None
    author_id: int | None
    assignee_id: int | None
    status: CaseStatus
    severity: Severity
    opened_at: datetime
    resolved_at: datetime | None
    due_at: datetime | None
    text: str
    wordless: bool
    remedy: str
    category: Label | None
    product: Label | None
    cause: Label | None
    merged_into: int | None
    rating: int | None

    def label(self, kind: LabelKind) -> Label | None:
        """The label of a kind, if the case has one."""
        return {LabelKind.CATEGORY: self.category, LabelKind.PRODUCT: self.product, LabelKind.CAUSE: self.cause}[kind]


class CaseMessage(Record):
    """Something said about a case after it was opened."""

    complaint_id: int
    author_id: int | None
    kind: CaseVoice
    at: datetime
    text: str


class Campaign(Record):
    """What whoever comes by is asked, on a scale; when it has `ended`, what it brought stays.

    `team_id`: whose the answers without a customer are; None: the owners'.
    """

    name: str
    scale: Scale
    anonymous: bool
    team_id: int | None
    ended: bool


class Feedback(Record):
    """A score with perhaps a word, or words alone, from a customer or from nobody that we know.

    `complaint_id` is the case that it became, if it did; `deal_id` the purchase that it is about; `answer` what the
    customer was last told in return: nothing, though it was `answered`, means plain thanks.
    """

    customer_id: int | None
    team_id: int | None
    complaint_id: int | None
    campaign_id: int | None
    deal_id: int | None
    score: int | None
    scale: Scale
    text: str
    answer: str
    answered: bool
    seen: bool
    created_at: datetime

    @property
    def low(self) -> bool:
        """Whether the score asks for somebody's attention."""
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
