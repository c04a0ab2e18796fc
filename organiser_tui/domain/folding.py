"""Text as it is stored, searched and sorted: cleaning, folding and sort keys.

Holds no word lists and knows nothing of persons, providers or telephone countries.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_FOLD_CACHE: Final = 16_384  # given names and surnames recur: this many distinct texts cost about 3 MB

# Letters that Unicode does not take apart into a base letter and a mark.
_PLAIN_LETTERS: Final = {"đ": "d", "ð": "d", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ı": "i"}
_HYPHENS: Final = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d"
APOSTROPHES: Final = "'`\u00b4\u2018\u2019\u201a\u201b\u2032\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\uff07"
_BREAKS: Final = _HYPHENS + APOSTROPHES
_FOLD_TABLE: Final = str.maketrans(_PLAIN_LETTERS | dict.fromkeys(_BREAKS, " "))
_PLAIN_MARKS: Final = str.maketrans(dict.fromkeys(_HYPHENS, "-") | dict.fromkeys(APOSTROPHES, "'"))
# split() takes the blanks among the control characters (tab, line feed, \x1c-\x1f) for spaces; the rest is nothing.
_ASCII_TABLE: Final = str.maketrans(
    {chr(code): None for code in (*range(0x20), 0x7F) if not chr(code).isspace()} | {"-": " ", "'": " ", "`": " "}
)

_JOINERS: Final = "\u200c\u200d"
_JOINER_AT_EDGE: Final = re.compile(rf"(?<!\S)[{_JOINERS}]+|[{_JOINERS}]+(?!\S)")


def clean(text: str) -> str:
    """`text` as it is stored: NFC, one line, single spaces, without control, bidi and zero-width characters.

    ZWJ and ZWNJ stay inside words, where Persian, Indic names and emoji need them. Lone surrogates, which no file
    can hold, go too. clean(clean(x)) == clean(x).
    """
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return " ".join(text.split())
    kept = "".join(
        " " if character.isspace() else character
        for character in text
        if character.isspace() or character in _JOINERS or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
    )
    return unicodedata.normalize("NFC", " ".join(_JOINER_AT_EDGE.sub("", kept).split()))


@lru_cache(maxsize=_FOLD_CACHE)
def fold(text: str) -> str:
    """`text` as it is searched and compared: no case, accents, hyphens or apostrophes, single spaces.

    NFKD without combining marks, and d for đ ð, l for ł, o for ø, ss for ß, ae for æ. fold(fold(x)) == fold(x).
    """
    if text.isascii():
        return " ".join(text.lower().translate(_ASCII_TABLE).split())
    return " ".join(_bare(text).translate(_FOLD_TABLE).split())


def bare_letters(text: str) -> str:
    """`text` without case and accents, its punctuation kept and its blanks single: what the grammar of dates reads."""
    return " ".join(_bare(text).split())


def _bare(text: str) -> str:
    # Hyphens and apostrophes that NFKD would rewrite (U+2011, U+00B4) become plain ones first, and case is folded
    # between two decompositions because either can bring forth characters that the other still has to change.
    plain = text.translate(_PLAIN_MARKS)
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", plain).casefold()).casefold()
    # Decomposing brings forth such marks as well (U+FE31).
    return "".join(
        character
        for character in unicodedata.normalize("NFKD", folded).translate(_PLAIN_MARKS)
        if not unicodedata.combining(character)
        and (character.isspace() or unicodedata.category(character) not in ("Cc", "Cf", "Cs"))
    )


# After its base letter, in the order given: "{", "|" and "}" are the ASCII characters after "z".
_SLOVENIAN: Final = str.maketrans({"č": "c{", "ć": "c|", "đ": "d{", "š": "s{", "ž": "z{"})
_FINNISH: Final = str.maketrans({"å": "z{", "ä": "z|", "æ": "z|", "ö": "z}", "ø": "z}", "ü": "y"})
_LETTER_ORDER: Final = {
    "sl": _SLOVENIAN, "hr": _SLOVENIAN, "bs": _SLOVENIAN, "sr": _SLOVENIAN, "fi": _FINNISH, "sv": _FINNISH,
}  # fmt: skip
_BEFORE_EVERYTHING: Final = "\x1f"  # so that Novak Zora stands before Novak Kos Ana


def sort_key(family: str, given: str, language: str) -> str:
    """A string whose byte order is the order of `language` ("sl", "fi", "sv"; others folded), family name first.

    Slovenian: č, ć after c, đ after d, š after s, ž after z. Finnish and Swedish: å ä ö after z, ü as y. A person with
    one name only sorts by it, as if it were the family name.
    """
    if not family.strip():
        family, given = given, ""
    first, second = _part_key(family, language), _part_key(given, language)
    return f"{first}{_BEFORE_EVERYTHING}{second}" if second else first


@lru_cache(maxsize=_FOLD_CACHE)
def _part_key(name: str, language: str) -> str:
    order = _LETTER_ORDER.get(language)
    if order is None or name.isascii():
        return fold(name)
    return fold(unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold()).translate(order))


_DIGIT_GROUPS: Final = re.compile(
    r"(?<!\w)(?:\+[\s\u00a0]*)?\(?\+?\d(?:[\s/.()\-\u2010-\u2015\u2212]*\d)*(?!\w)\)?", re.UNICODE
)
_TRUNK_ZERO: Final = re.compile(r"\(\s*0\s*\)")
_INTERNATIONAL_ZEROS: Final = re.compile(r"00(?=[1-9]\d{4})")  # of fewer digits it is the end of a number


def join_digit_groups(query: str) -> str:
    """`query` with its groups of digits joined, written as the search index holds a number.

    "041 123" is 041123, "+386 (0)41 123" is 38641123, "0038641" is 38641; other words stay.
    """
    return _DIGIT_GROUPS.sub(_joined_digits, query)


def _joined_digits(groups: re.Match[str]) -> str:
    written = groups.group()
    digits = "".join(str(unicodedata.decimal(character)) for character in written if character.isdecimal())
    zeros = _INTERNATIONAL_ZEROS.match(digits)
    if "+" not in written and zeros is None:
        return digits
    without_trunk = _TRUNK_ZERO.sub("", written)
    digits = "".join(str(unicodedata.decimal(character)) for character in without_trunk if character.isdecimal())
    return _INTERNATIONAL_ZEROS.sub("", digits, count=1) if digits.startswith("00") else digits


_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=4096)
def search_words(text: str) -> str:
    """`text` folded and parted into words by single spaces, as the full-text index parts it: "ana example org"."""
    folded = fold(text)
    return folded if folded.isalnum() else " ".join(_WORD.findall(folded))


def search_terms(query: str) -> list[str]:
    """The folded words of `query` to be looked for, each once, digit groups joined; empty for a query without any."""
    return list(dict.fromkeys(search_words(join_digit_groups(query)).split()))
