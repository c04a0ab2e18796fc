"""A written name taken apart into given name, family name and what stands beside them.

Nothing is corrected: letters and case stay as they were written. Which words are given names is a parameter.
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final, NamedTuple

from organiser_tui.domain.folding import clean, fold


class SplitName(NamedTuple):
    """The parts of a written name; `extra` holds titles, suffixes and nicknames, several parted by "; "."""

    given: str
    family: str
    extra: str


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TITLES: Final = _words(
    "dr. dr prof. prof mag. doc. akad. ga. ga g. gdč. gdc. gospa gospod gospodična mr mr. mrs mrs. ms ms. miss mx mx. "
    "rva hra rouva herra neiti fru frau herr hr. fr. pr."
)
YOUNGER: Final = _words("ml. ml mlajša mlajši mlajsa mlajsi jr. jr jun. junior nuor. nuorempi")
OLDER: Final = _words("st. st starejša starejši starejsa starejsi sr. sr sen. senior vanh. vanhempi")
"""What is written beside the name of a daughter, or of her mother, in small letters."""
NUMBERED: Final = _words("ii iii")
_SUFFIXES: Final = (YOUNGER | OLDER | NUMBERED) - {"st"}
# With its full stop it is never a part of the name, wherever it stands; but for "St.", which begins one.
_BESIDE_THE_NAME: Final = frozenset(word for word in YOUNGER | OLDER if word.endswith("."))
# From one of these words to the end, or to a comma, it is a degree, a former name or a description, not the name.
_TAIL_WORDS: Final = _words(
    "univ. dipl. spec. inž. ing. ekon. roj. rojena née nee born omaa o.s. ent. entinen f. född geb. bivša bivši "
    "od iz pri"
)
_DEGREES: Final = _TITLES | _SUFFIXES | _words("univ. dipl. spec. inž. ing. ekon. ma ba msc bsc phd rn ym ktm")
# A family name starts at a particle; with a capital it may be a given name (Ben, Di), which is then looked up.
_PARTICLES: Final = _words(
    "af von van de del della dela delos der den di da do dos du la le las los el al ter ten zu zur bin ibn bint abu "
    "ben mac"
)
_COMPOUND_FIRST: Final = frozenset({"abd", "abdul", "abdel"})
# Words that are not simply a name, or may not be.
_PARTS: Final = _TITLES | _SUFFIXES | _TAIL_WORDS | _DEGREES | _PARTICLES | _COMPOUND_FIRST

_ASIDE: Final = re.compile(r"""[(\[{](?P<bracket>[^()\[\]{}]*)[)\]}]|["“”„»«](?P<quote>[^"“”„»«]+)["“”„»«]""")
_SPACED_HYPHEN: Final = re.compile(r"(?<=\w)\s+[-\u2010-\u2015]\s+(?=\w)|(?<=\w)[\u2010-\u2015](?=\w)")
_DASH_BEFORE_SUFFIX: Final = re.compile(
    r"\s+[-\u2010-\u2015]\s+(?=(?:" + "|".join(sorted(word.rstrip(".") for word in YOUNGER | OLDER)) + r")\b)"
)
_LINE_NUMBER: Final = re.compile(r"\A#?\d{1,5}(?:[.)]\s*|\s+)(?=[^\W\d_])")
_INITIAL: Final = re.compile(r"[^\W\d_]\.")
_PATRONYMIC: Final = re.compile(r"(?:ovna|evna|ichna|ovich|evich|ovits|evits|овна|евна|ична|ович|евич)$")


def split_name(written: str, given_names: Container[str]) -> SplitName:
    """Take `written` apart; `given_names` holds known given names, folded.

    A comma puts the family name first, and so does a known given name at the end without one at the start (registers
    in Slovenia and Finland); one word is a given name. Where nothing is known the first word is the given name.
    """
    plain = _two_plain_words(clean(written), given_names)
    if plain is not None:
        return plain
    aside: list[str] = []
    text = _without_asides(clean(written), aside)
    first, comma, rest = text.partition(",")
    if comma and not _is_degree(rest):
        rest, _more, degrees = rest.partition(",")
        given_words, family_words = _without_titles(rest.split(), aside), _without_titles(first.split(), aside)
        aside.append(degrees.strip())
    else:
        given_words, family_words = _parted(_without_titles(first.split(), aside), given_names, aside)
        aside.append(rest.strip())
    return SplitName(" ".join(given_words), " ".join(family_words), "; ".join(filter(None, aside)))


def bare_part(written: str) -> tuple[str, str]:
    """A given or a family name from a column of its own: the name alone, and what stood before and behind it."""
    aside: list[str] = []
    text = _without_asides(clean(written), aside)
    first, _comma, rest = text.partition(",")
    if not _is_degree(rest):
        first, rest = text, ""
    words = _without_titles(first.split(), aside)
    aside.append(rest.strip())
    return (" ".join(words), "; ".join(filter(None, aside))) if words else (written, "")


def _without_asides(text: str, aside: list[str]) -> str:
    """`text` without what stands in brackets and quotation marks, which goes `aside`, and hyphens without blanks.

    The number that a line has in a list goes.
    """
    text = _LINE_NUMBER.sub("", text)

    def put_aside(match: re.Match[str]) -> str:
        aside.append((match["bracket"] or match["quote"] or "").strip())
        return " "

    return _SPACED_HYPHEN.sub("-", _DASH_BEFORE_SUFFIX.sub(" ", _ASIDE.sub(put_aside, text)))


def _two_plain_words(text: str, given_names: Container[str]) -> SplitName | None:
    """The commonest name, two words of letters alone, taken apart by the same rules; None for any other."""
    first, _blank, second = text.partition(" ")
    if not (first.isalpha() and second.isalpha()) or not _PARTS.isdisjoint((first.casefold(), second.casefold())):
        return None
    if _is_given(second, given_names) and not _is_given(first, given_names):
        return SplitName(second, first, "")
    return SplitName(first, second, "")


def _is_degree(text: str) -> bool:
    """Whether what stands behind a comma is no name: "univ. dipl. soc. del.", "roj. Novak", but not "dr. Irena"."""
    words = text.casefold().split()
    return (
        not words
        or words[0] in _TAIL_WORDS
        or all(word in _DEGREES or (word.endswith(".") and not _INITIAL.fullmatch(word)) for word in words)
    )


def _without_titles(words: list[str], aside: list[str]) -> list[str]:
    """The words of the name alone; titles before it and suffixes, degrees and former names behind it go `aside`."""
    start, end = 0, len(words)
    while start < end - 1 and words[start].casefold() in _TITLES:
        start += 1
    tail = next((at for at in range(start + 1, end) if _starts_a_tail(words[at])), end)
    behind = words[tail:end]
    while tail > start + 1 and words[tail - 1].casefold() in _SUFFIXES:
        tail -= 1
        behind.insert(0, words[tail])
    within = [word for word in words[start:tail] if _stands_beside(word)]
    name = [word for word in words[start:tail] if not _stands_beside(word)]
    aside.extend((" ".join([*words[:start], *(within if name else ())]), " ".join(behind)))
    return name or within


def _starts_a_tail(word: str) -> bool:
    # "od Janeza" tells for whom Ana works; written with a capital the same letters may be a family name.
    return word in _TAIL_WORDS or (word.endswith(".") and word.casefold() in _TAIL_WORDS)


def _stands_beside(word: str) -> bool:
    return word.casefold() in _BESIDE_THE_NAME and word != "St."


def _parted(words: list[str], given_names: Container[str], aside: list[str]) -> tuple[list[str], list[str]]:
    """Given and family words of a name written without a comma."""
    words = _joined_compounds(words)
    if len(words) < 2:
        return words, []
    known = [_is_given(word, given_names) for word in words]
    if known[-1] and not known[0] and not _INITIAL.fullmatch(words[0]):
        cut = len(words) - 1
        while cut > 1 and known[cut - 1]:
            cut -= 1
        return words[cut:], words[:cut]
    cut = next((at for at in range(len(words) - 1) if _is_particle(words, at, known)), -1)
    if cut < 0:
        cut = 1
        while cut < len(words) - 1 and (known[cut] or _is_middle_name(words[cut])):
            cut += 1
    given, family = words[:cut], words[cut:]
    while len(given) > 1 and _INITIAL.fullmatch(given[-1]):
        aside.append(given.pop())
    return given, family


def _joined_compounds(words: list[str]) -> list[str]:
    """`words` with "Abd al-Rahman" as one: its al- does not start a family name."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1].casefold() in _COMPOUND_FIRST:
            joined[-1] = f"{joined[-1]} {word}"
        else:
            joined.append(word)
    return joined


def _is_given(word: str, given_names: Container[str]) -> bool:
    folded = fold(word)
    return folded in given_names or ("-" in word and all(part in given_names for part in folded.split()))


def _is_middle_name(word: str) -> bool:
    return bool(_INITIAL.fullmatch(word) or _PATRONYMIC.search(word.casefold()))


def _is_particle(words: list[str], at: int, known: list[bool]) -> bool:
    word = words[at]
    return word.casefold() in _PARTICLES and (word.islower() or (at > 0 and not known[at]))
