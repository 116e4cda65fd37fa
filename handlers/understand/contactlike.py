"""Whether a line carries a phone number or an e-mail address: the cheap question before the full reading of capture.

>>> holds_contact("王总 138 0013 8000 云帆科技"), holds_contact("王总 采购"), holds_contact("单号 2026")
(True, False, False)
"""

from __future__ import annotations

import re
import unicodedata

#: Seven digits or more with the usual signs between them: the shortest subscriber number that people write down whole.
_PHONE = re.compile(r"\+?\d(?:[\s().\-–—]{0,2}\d){6,}")
#: Bounded, because this is asked of every line, a stranger's too: unbounded, 4,096 letters without an @ took a second.
_EMAIL = re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,255}\.[\w.\-]")
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:\s+\d{1,2}:\d{2})?")


def holds_contact(text: str) -> bool:
    """True when there is something in the line by which a person can be reached."""
    folded = _DATE.sub(" ", unicodedata.normalize("NFKC", text))
    return bool(_EMAIL.search(folded) or _PHONE.search(folded))
