"""What all spellings of one provider's name have in common. Which providers there are is not known here."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from organiser_tui.domain.folding import fold

_WORD: Final = re.compile(r"\w+")
# They are written "d.o.o.", "d. o. o." or "doo".
_LEGAL_FORMS: Final = frozenset(
    ("doo", "dd", "dno", "kd", "sp", "sop", "zoo", "zbo", "oy", "oyj", "ry", "ky", "ay", "rf", "ab", "osk")
)
_LEGAL_WORDS: Final = 3


@lru_cache(maxsize=4096)
def provider_key(name: str) -> str:
    """The words of the name of a provider, folded, the legal form at the end as one of them.

    A name without its legal form is another: two firms may differ in nothing else.
    """
    words = _WORD.findall(fold(name))
    for count in range(min(_LEGAL_WORDS, len(words) - 1), 0, -1):
        form = "".join(words[-count:])
        if form in _LEGAL_FORMS:
            return " ".join([*words[:-count], form])
    return " ".join(words) or fold(name)
