"""The words for days, weeks, months and hours that organisers type, in English, Slovenian and Finnish.

All without case and accents, as folding.bare_letters leaves them. Holds tables only; dates.py holds the grammar.
"""

from __future__ import annotations

from typing import Final


def _table(rows: dict[int, str]) -> dict[str, int]:
    return {word: value for value, words in rows.items() for word in words.split()}


# 0 is Monday. Slovenian "to" (torek) and "pe" (petek) are left out: Finns mean Thursday and Friday by them.
WEEKDAYS: Final = _table(
    {
        0: "monday mon ponedeljek ponedeljka pon maanantai maanantaina ma",
        1: "tuesday tues tue torek torka tor tiistai tiistaina ti",
        2: "wednesday wed sreda sredo sre keskiviikko keskiviikkona ke",
        3: "thursday thurs thur thu cetrtek cetrtka cet torstai torstaina to",
        4: "friday fri petek petka pet perjantai perjantaina pe",
        5: "saturday sat sobota soboto sob lauantai lauantaina la",
        6: "sunday sun nedelja nedeljo ned sunnuntai sunnuntaina su",
    }
)

MONTHS: Final = _table(
    {
        1: "january jan januar januarja tammikuu tammikuuta tammikuun tammi",
        2: "february feb februar februarja helmikuu helmikuuta helmikuun helmi",
        3: "march mar marec marca maaliskuu maaliskuuta maaliskuun maalis",
        4: "april apr aprila huhtikuu huhtikuuta huhtikuun huhti",
        5: "may maj maja toukokuu toukokuuta toukokuun touko",
        6: "june jun junij junija kesakuu kesakuuta kesakuun kesa",
        7: "july jul julij julija heinakuu heinakuuta heinakuun heina",
        8: "august aug avgust avgusta avg elokuu elokuuta elokuun elo",
        9: "september sept sep septembra syyskuu syyskuuta syyskuun syys",
        10: "october oct oktober oktobra okt lokakuu lokakuuta lokakuun loka",
        11: "november nov novembra marraskuu marraskuuta marraskuun marras",
        12: "december dec decembra joulukuu joulukuuta joulukuun joulu",
    }
)

# Days from today.
DAY_WORDS: Final = {
    "today": 0, "tonight": 0, "tomorrow": 1, "day after tomorrow": 2, "the day after tomorrow": 2, "yesterday": -1,
    "last night": -1, "day before yesterday": -2, "the day before yesterday": -2,
    "danes": 0, "nocoj": 0, "drevi": 0, "jutri": 1, "pojutrisnjem": 2, "vceraj": -1, "snoci": -1, "sinoci": -1,
    "predvcerajsnjim": -2,
    "tanaan": 0, "tana iltana": 0, "huomenna": 1, "ylihuomenna": 2, "eilen": -1, "toissapaivana": -2,
}  # fmt: skip

# Weeks from this one, the week beginning on Monday.
WEEK_WORDS: Final = {
    "this week": 0, "next week": 1, "last week": -1,
    "ta teden": 0, "naslednji teden": 1, "prihodnji teden": 1, "prejsnji teden": -1, "pretekli teden": -1,
    "talla viikolla": 0, "taman viikon": 0, "ensi viikolla": 1, "ensi viikon": 1, "seuraavan viikon": 1,
    "viime viikolla": -1, "viime viikon": -1,
}  # fmt: skip

# What stands before a weekday: this, the next week's, the last.
TURN_WORDS: Final = _table(
    {
        0: "this ta tana",
        1: "next naslednji naslednja naslednjo prihodnji prihodnja prihodnjo ensi seuraava seuraavana",
        -1: "last prejsnji prejsnja prejsnjo pretekli pretekla preteklo zadnji zadnja zadnjo viime",
    }
)

NUMBERS: Final = _table(
    {
        1: "a an one en eno enim eden yksi yhden",
        2: "two dva dve dvema kaksi kahden",
        3: "three tri tremi kolme kolmen",
        4: "four stiri stirimi nelja neljan",
        5: "five pet petimi viisi viiden",
        6: "six sest sestimi kuusi kuuden",
        7: "seven sedem sedmimi seitseman",
        10: "ten deset desetimi kymmenen",
        14: "fourteen stirinajst stirinajstimi neljantoista",
    }
)

_UNITS: Final = {
    "days": "d day days dan dni dneva dnevi dneh dnevom dnevoma pv paiva paivaa paivan",
    "weeks": "w wk wks week weeks teden tedna tedne tedni tednov tednom tednoma vk viikko viikkoa viikon",
    "months": "m month months mesec meseca mesece mesecev meseci mesecem mesecema kk kuukausi kuukautta kuukauden",
    "years": "y year years leto leti leta let letom letoma vuosi vuotta vuoden",
    "hours": "h hr hrs hour hours ura uro uri ure ur urama urami tunti tuntia tunnin",
    "minutes": "min mins minute minutes minut minuta minuto minuti minutama minutami minuutti minuuttia minuutin",
}
UNITS: Final = {word: unit for unit, words in _UNITS.items() for word in words.split()}

# Said without a number they mean one: "čez teden", "viikon päästä", "pred mesecem".
_SINGLE_UNITS: Final = (
    "dan dnevom paivan paiva teden tednom viikko viikon mesec mesecem kuukausi kuukauden leto letom vuosi vuoden "
    "uro tunti tunnin minuto minuutin"
)
SINGLE_UNITS: Final = frozenset(_SINGLE_UNITS.split())

AHEAD_BEFORE: Final = frozenset({"in", "cez"})
AHEAD_AFTER: Final = frozenset({"paasta", "kuluttua", "from now"})
BACK_BEFORE: Final = frozenset({"pred"})
BACK_AFTER: Final = frozenset({"ago", "sitten"})

DAY_PREFIXES: Final = frozenset({"on", "v"})
HOUR_PREFIXES: Final = frozenset({"at", "ob", "klo", "kello", "kl"})
NOON: Final = frozenset({"noon", "opoldne", "keskipaivalla"})

# Which of two hours is meant: the sixth in the evening is 18:00.
DAY_PARTS: Final = {
    "morning": "morning", "afternoon": "afternoon", "evening": "evening", "night": "night",
    "zjutraj": "morning", "dopoldne": "morning", "popoldne": "afternoon", "zvecer": "evening", "ponoci": "night",
    "aamulla": "morning", "aamupaivalla": "morning", "iltapaivalla": "afternoon", "illalla": "evening",
    "yolla": "night",
}  # fmt: skip
# Day words that say the part of the day as well.
PARTS_OF_DAY_WORDS: Final = {
    "tonight": "evening", "nocoj": "evening", "drevi": "evening", "tana iltana": "evening",
    "last night": "night", "snoci": "night", "sinoci": "night",
}  # fmt: skip
# Hours as they are said, behind "at", "ob" or "klo"; those in "-lta" alone.
SPOKEN_HOURS: Final = _table(
    {
        1: "one enih yksi", 2: "two dveh kaksi", 3: "three treh kolme", 4: "four stirih nelja", 5: "five petih viisi",
        6: "six sestih kuusi", 7: "seven sedmih seitseman", 8: "eight osmih kahdeksan", 9: "nine devetih yhdeksan",
        10: "ten desetih kymmenen", 11: "eleven enajstih yksitoista", 12: "twelve dvanajstih kaksitoista",
    }
)  # fmt: skip
SPOKEN_ALONE: Final = _table(
    {
        1: "yhdelta", 2: "kahdelta", 3: "kolmelta", 4: "neljalta", 5: "viidelta", 6: "kuudelta", 7: "seitsemalta",
        8: "kahdeksalta", 9: "yhdeksalta", 10: "kymmenelta", 11: "yhdeltatoista", 12: "kahdeltatoista",
    }
)  # fmt: skip
NOW: Final = frozenset({"now", "zdaj", "sedaj", "nyt"})

# Days that are ordinary words as well: English "to" and "sat", Slovenian "to" (this), "pet" (five), "ti" (you) ...; and
# "now or never".
ALSO_PLAIN_WORDS: Final = frozenset({"to", "sat", "sun", "pet", "ti", "ma", "pe", "ke", "la", "su", *NOW})

# What stands between two moments, and before an hour in words ("ob šestih", "klo kuusi", "half past six").
BETWEEN_MOMENTS: Final = frozenset({"or", "ali", "tai", "and", "in", "ja", "to", "do", "until", "till", "from", "od"})
BEFORE_HOURS: Final = frozenset({"ob", "klo", "kello", "kl", "half", "quarter", "pol", "cetrt", "puoli", "varttia"})
HOUR_WORDS: Final = frozenset({*NUMBERS, "eight", "nine", "eleven", "twelve"})
