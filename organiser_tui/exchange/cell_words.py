"""What people write into the cells of a list, in English, Slovenian, Finnish and some Swedish, as fold() leaves it."""

from __future__ import annotations

from typing import Final


def _table(words: dict[str, str]) -> dict[str, str]:
    return {word: value for value, listed in words.items() for word in listed.split("|")}


YES: Final = frozenset(
    ["yes", "y", "true", "1", "x", "ok", "da", "d", "ja", "j", "kylla", "k", "joo", "on", "✓", "✔", "checked"]
)
NO: Final = frozenset(["no", "n", "false", "0", "ne", "ei", "e", "nej", "-", "–", "/", "none", "nope", "f"])

POSITION: Final = _table(
    {
        "coordinator": "coordinator|team leader|shift leader|koordinator|koordinatorka|koordinatorica|vodja tima"
        "|koordinaattori|tiimivastaava|vastaava avustaja|samordnare",
        "manager": "manager|director|head|boss|management|vodja|vodja enote|direktor|direktorica|ravnatelj"
        "|strokovni vodja|strokovna vodja|vodstvo|johtaja|toimitusjohtaja|esihenkilo|esimies|paallikko|chef",
        "owner": "owner|founder|lastnik|lastnica|ustanovitelj|ustanoviteljica|omistaja|yrittaja|agare",
        "worker": "worker|employee|delavec|delavka|zaposlen|zaposlena|tyontekija|arbetstagare|anstalld",
    }
)
WORK: Final = _table(
    {
        "assistant": "assistant|personal assistant|pa|asistent|asistentka|osebni asistent|osebna asistentka|oa"
        "|osebna asistenca|avustaja|henkilokohtainen avustaja|hlokoht avustaja|assistent|personlig assistent",
    }
)
GENDER: Final = _table(
    {
        "F": "f|female|woman|w|z|zenska|zenski|nainen|n|kvinna",
        "M": "m|male|man|moski|mies|herra",
        "other": "o|other|nonbinary|non binary|x|drugo|nebinarno|muu|annat",
    }
)
LANGUAGE: Final = _table(
    {
        "sl": "sl|slv|slovenian|slovene|slovenian slovenia|slovensko|slovenscina|sloveeni",
        "fi": "fi|fin|finnish|finsko|finscina|suomi|finska",
        "sv": "sv|swe|swedish|svedsko|svedscina|ruotsi|svenska",
        "en": "en|eng|english|anglesko|anglescina|englanti|engelska",
        "bs": "bs|bos|bosnian|bosansko|bosanscina|bosnia",
        "hr": "hr|hrv|croatian|hrvasko|hrvascina|kroatia",
        "sr": "sr|srp|serbian|srbsko|srbscina|serbia",
        "mk": "mk|mkd|mac|macedonian|makedonsko|makedonscina|makedonia",
        "sq": "sq|sqi|alb|shqip|albanian|albansko|albanscina|albania",
        "uk": "uk|ukr|ukrainian|ukrajinsko|ukrajinscina|ukraina",
        "ru": "ru|rus|russian|rusko|ruscina|venaja|ryska",
        "et": "et|est|estonian|estonsko|estonscina|viro|eesti|estniska",
        "so": "so|som|somali|somalijsko|somalscina",
        "ar": "ar|ara|arabic|arabsko|arabscina|arabia|arabiska",
        "fil": "fil|filipino|tagalog|filipinsko",
        "it": "it|ita|italian|italijansko|italijanscina|italia",
        "hu": "hu|hun|hungarian|madzarsko|madzarscina|unkari",
        "de": "de|deu|ger|german|nemsko|nemscina|saksa|tyska",
    }
)
CARD: Final = _table(
    {
        "on file": "yes|y|true|1|x|da|ja|kylla|member|on file|paid|clan|clanica|vclanjen|vclanjena|jasen|medlem",
        "signed": "signed|podpisal|podpisala|podpisano|podpisana|allekirjoitettu|allekirjoittanut|undertecknad",
        "form out": "form out|form sent|form given|obrazec|obrazec poslan|dobil obrazec|dobila obrazec"
        "|lomake lahetetty|lomake annettu",
        "returned incomplete": "returned incomplete|incomplete|nepopolno|vrnjeno|puutteellinen|palautettu",
        "ended": "ended|resigned|left|former|izstopil|izstopila|nekdanji|izpisan|izpisana|eronnut|entinen",
        "in another union": "in another union|other union|drug sindikat|drugi sindikat|v drugem sindikatu|toinen liitto"
        "|muu liitto|eri liitto",
    }
)
CARD_NONE: Final = frozenset(
    ["no", "n", "false", "0", "ne", "ei", "none", "nej", "-", "–", "nonmember", "non member", "not a member", "ni clan"]
)
HEARD: Final = _table(
    {
        "call": "call|phone|klic|telefon|puhelu|puhelin",
        "meet-up": "meet up|meetup|srecanje|tapaaminen",
        "meeting": "meeting|workshop|sestanek|delavnica|kokous|tyopaja",
        "text": "text|sms|tekstiviesti",
        "e-mail": "e mail|email|e posta|sahkoposti",
        "mailing list": "mailing list|newsletter|seznam|novice|postituslista|uutiskirje",
        "social network": "social network|social media|facebook|instagram|druzbena omrezja|druzabna omrezja|fb|some"
        "|sosiaalinen media",
        "forwarded by provider": "forwarded by provider|employer|provider|izvajalec|delodajalec|tyonantaja",
    }
)
PRIVATE_EMPLOYER: Final = (
    "private employer", "private individual", "my employer private", "zasebni delodajalec", "zasebnik", "fizicna oseba",
    "yksityinen tyonantaja", "yksityishenkilo", "kotitalous", "privat arbetsgivare",
)  # fmt: skip
"""How it begins where a household that employs its assistant is meant: it is never kept by name."""
PRIVATE_ALONE: Final = frozenset({"private", "individual", "zasebni", "zasebno", "yksityinen", "henkilo", "privat"})
"""The same where nothing else stands in the cell: providers have names that begin so."""
SELF_EMPLOYED: Final = frozenset(
    [
        "self employed",
        "freelance",
        "freelancer",
        "samozaposlen",
        "samozaposlena",
        "s.p.",
        "sp",
        "espe",
        "itsenainen ammatinharjoittaja",
        "toiminimi",
        "kevytyrittaja",
        "egenforetagare",
    ]
)
NOTE_BARS: Final = frozenset(
    [
        "do not call",
        "dont call",
        "don t call",
        "do not contact",
        "no calls",
        "ne klici",
        "ne klicati",
        "ne klicite",
        "ne zeli klicev",
        "ne kontaktirati",
        "ei saa soittaa",
        "ala soita",
        "ei saa ottaa yhteytta",
        "ring inte",
    ]
)
"""A note that says nothing else bars every call."""
TOTALS: Final = (
    "skupaj", "skupno", "vsota", "sestevek", "total", "grand total", "sum", "yhteensa", "summa", "vsi skupaj", "totalt",
)  # fmt: skip
NO_PERSON: Final = frozenset({"organization", "organisation", "household", "company", "organizacija", "organisaatio"})
"""What a list says of a record that is no person."""

SIGNUP_NO_PERSON: Final = frozenset({"1", "organization", "organisation"})
"""The same in a column “signup_type”, where 0 is a person."""
SIGNUP_PERSON: Final = frozenset({"0", "person"})
