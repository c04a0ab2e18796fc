"""The names that columns bear in the lists of organisers, in English, Slovenian, Finnish and a little Swedish.

Written as fold() leaves them and without punctuation. How a heading is compared with them is in exchange/columns.py.
"""

from __future__ import annotations

from typing import Final

NAMES: Final[dict[str, str]] = {
    "given": "first name|firstname|given name|given|forename|ime|etunimi|etunimet|kutsumanimi|fornamn",
    "family": "last name|lastname|surname|family name|family|priimek|sukunimi|efternamn",
    "middle": "middle name|additional name|second name|drugo ime|toinen nimi|muut etunimet|mellannamn",
    "name": (
        "name|full name|your name|display name|contact name|person|worker|assistant|personal assistant|ime in priimek"
        "|priimek in ime|ime priimek|priimek ime|oseba|asistent|asistentka|osebni asistent|osebna asistentka|nimi"
        "|koko nimi|avustaja|avustajan nimi|henkilokohtainen avustaja|sukunimi etunimi|sukunimi ja etunimi"
        "|etunimi sukunimi|etunimi ja sukunimi|namn|for och efternamn"
    ),
    "extra": "title|prefix|suffix|name prefix|name suffix|nickname|individual prefix|individual suffix|vzdevek"
    "|lempinimi"
    "|titteli|akademski naziv",
    "provider": (
        "agency|care agency|care provider|care company|provider|employer|current employer|company|company name"
        "|organisation|organization|organisation name|organization name|organization 1 name|who do you work for"
        "|where do you work|izvajalec|izvajalec oa|izvajalec osebne asistence|delodajalec|zavod|podjetje|organizacija"
        "|zaposlen pri|zaposlena pri|kje delate|kje ste zaposleni|tyonantaja|palveluntuottaja|tuottaja|yritys"
        "|organisaatio|arbetsgivare|foretag"
    ),
    "municipality": (
        "municipality|place|town|city|council|local authority|location|home city|primary city|mailing city"
        "|address 1 city|can2 user city|obcina|kraj|mesto|kraj dela|kraj bivanja|v kateri obcini|kunta|kotikunta"
        "|paikkakunta|kaupunki|tyokunta|asuinkunta|kommun|ort|stad"
    ),
    "region": (
        "region|county|district|state|address 1 region|statistical region|regija|statisticna regija|pokrajina|alue"
        "|maakunta|hyvinvointialue|wellbeing services county|landskap|valfardsomrade"
    ),
    "street": (
        "street|address|street address|home street|home address|postal address|address 1 street|primary address"
        "|naslov|ulica|domaci naslov|osoite|katuosoite|lahiosoite|postiosoite|adress|gatuadress"
    ),
    "postal_code": (
        "postal code|post code|postcode|zip|zip code|home postal code|address 1 postal code|primary zip"
        "|postna stevilka|postna st|postinumero|postnummer"
    ),
    "town": "post town|posta|ime poste|postitoimipaikka|postort",
    "from": (
        "from|since|start|started|start date|employed from|employed since|employment start|od|zacetek|zaposlen od"
        "|zaposlena od|zaposlitev od|datum zaposlitve|alkaen|alku|alkanut|alkupvm|aloituspaiva|tyosuhde alkanut"
        "|tyosuhteen alku|fran|borjade"
    ),
    "to": (
        "to|until|end|ended|end date|employed until|employment end|do|konec|zaposlen do|zaposlena do|zaposlitev do"
        "|asti|paattyy|paattynyt|loppu|loppupvm|paattymispaiva|tyosuhde paattynyt|tyosuhteen loppu|till|slutade"
    ),
    "note": (
        "note|notes|comment|comments|remark|remarks|opomba|opombe|komentar|komentarji|pripomba|pripombe|huom"
        "|huomautus|huomautukset|muistiinpano|muistiinpanot|lisatiedot|lisatieto|anmarkning|anmarkningar|kommentar"
    ),
    "tag": (
        "tag|tags|tag list|label|labels|group membership|category|categories|keywords|can2 user tags|oznaka|oznake"
        "|tunniste|tunnisteet|tagit|etikett|taggar"
    ),
    "rating": "rating|assessment|support level|ocena|ocena podpore|stopnja podpore|arvio|luokitus|bedomning",
    "card": (
        "card|member|membership|union member|signed|card signed|clan|clanica|clan sindikata|clanica sindikata|clanstvo"
        "|clanstvo v sindikatu"
        "|izkaznica|pristopna izjava|podpisal|podpisala|podpisano|jasen|jasenyys|liiton jasen|jasenkortti"
        "|allekirjoittanut|allekirjoitettu|medlem|medlemskap"
    ),
    "card_day": (
        "member since|card date|signed on|date signed|clan od|clanica od|datum podpisa|datum vpisa|jasen alkaen"
        "|jasenyys alkanut|allekirjoituspaiva|medlem sedan"
    ),
    "barred_call": (
        "do not call|dont call|don t call|do not phone|dont phone|don t phone|do not ring|no calls|ne klici|ne klicati"
        "|ne klicite|ne zeli klicev|brez klicev|ei saa soittaa|ala soita|ei puheluita|soittokielto|ring inte"
        "|far inte ringas"
    ),
    "barred_all": (
        "do not contact|dont contact|don t contact|no contact|opt out|opted out|ne kontaktiraj|ne kontaktirati"
        "|ne zeli stika|ne zeli stikov|ei saa ottaa yhteytta|ala ota yhteytta|yhteydenottokielto|kontakta inte"
    ),
    "barred_email": "do not email|do not e mail|no bulk emails|no bulk emails user opt out|brez e poste|ei sahkopostia",
    "barred_text": "do not sms|do not text|no texts|brez sms|ei tekstiviesteja",
    "open_call": (
        "may we call|may we call you|can we call|can we call you|ok to call|call ok|calls allowed|lahko poklicemo"
        "|vas lahko poklicemo|ali vas lahko poklicemo|dovoli klic|klic dovoljen|saako soittaa|saa soittaa"
        "|saammeko soittaa|far vi ringa"
    ),
    "open_all": (
        "may we contact|may we contact you|can we contact you|ok to contact|ali vas lahko kontaktiramo"
        "|lahko kontaktiramo|soglasje|saako ottaa yhteytta|saammeko ottaa yhteytta|far vi kontakta"
    ),
    "call_how": (
        "when to call|best time to call|call when|kdaj klicati|kdaj poklicati|najbolje klicati|milloin soittaa"
        "|paras soittoaika|nar ringa"
    ),
    "language": (
        "language|languages|language preferred|preferred language|mother tongue|jezik|jeziki|materni jezik|kieli"
        "|kielet|aidinkieli|asiointikieli|sprak|modersmal"
    ),
    "skill": "skill|skills|experience|vescine|znanja|izkusnje|taidot|osaaminen|kokemus|kunskaper",
    "position": (
        "position|job title|role|organization title|organization 1 title|polozaj|delovno mesto|funkcija|vloga|asema"
        "|tehtava|tehtavanimike|rooli|befattning|roll"
    ),
    "work": "work|type of work|kind of work|occupation|profession|delo|vrsta dela|poklic|tyo|ammatti|yrke|arbete",
    "gender": "gender|sex|spol|sukupuoli|kon",
    "external": (
        "id|uuid|ext id|external id|external identifier|contact id|member number|membership number|nationbuilder id"
        "|vanid|clanska stevilka|st clanske izkaznice|sifra|jasennumero|medlemsnummer"
    ),
    "heard": (
        "heard through|first heard through|how did you hear|how did you hear about us|how did you hear of us"
        "|contact source"
        "|kako ste izvedeli|kako ste izvedeli za nas|izvedel preko|izvedela preko|mista kuulit|mista kuulit meista"
    ),
    "deceased": "deceased|dead|umrl|umrla|pokojni|pokojna|kuollut|avliden",
    "email": "mail|e mail",
    "custom": "country region|home country region|business country region|other country region|current employer id",
    "record": "contact type|record type",
    "signup": "signup type",
    # What this program adds to the rows that it did not take, so that they come in once they are mended.
    "reported": "not taken file|not taken row|not taken reason",
    # Whoever is assisted has no place in a campaign.
    "assisted": (
        "user|service user|assistance user|assisted person|client|clients name|users name|uporabnik|uporabnica"
        "|uporabnik oa|ime uporabnika|uporabnik osebne asistence|stranka|asiakas|asiakkaan nimi|avustettava"
        "|avustettavan nimi|vammainen henkilo|brukare|klient"
    ),
}

STEMS: Final[dict[str, str]] = {
    "izvajalc": "provider",
    "delodajal": "provider",
    "ponudnik": "provider",
    "tyonantaj": "provider",
    "palveluntuottaj": "provider",
    "employer": "provider",
    "arbetsgivar": "provider",
    "obcin": "municipality",
    "municipalit": "municipality",
    "kunta": "municipality",
    "kunnassa": "municipality",
    "opomb": "note",
}
"""Beginnings of words that say in a longer heading or question what it is about."""

PHONE_WORDS: Final = frozenset(
    [
        "phone",
        "phones",
        "telephone",
        "tel",
        "mobile",
        "cell",
        "cellphone",
        "gsm",
        "telefon",
        "telefoni",
        "telefonska",
        "telefonu",
        "mobitel",
        "mobilni",
        "mobi",
        "mob",
        "puhelin",
        "puhelinnumero",
        "puhelinnro",
        "puh",
        "matkapuhelin",
        "matkapuh",
        "kannykka",
        "kotipuhelin",
        "tyopuhelin",
        "telefonnummer",
        "mobil",
        "mobiltelefon",
        "mobilnummer",
    ]
)
EMAIL_WORDS: Final = frozenset(
    [
        "email",
        "emails",
        "eposta",
        "epost",
        "eposti",
        "sahkoposti",
        "sahkopostiosoite",
        "spostiosoite",
        "sposti",
        "eposte",
        "epostni",
        "enaslov",
    ]
)
EMAIL_PHRASES: Final = (
    "e mail", "e naslov", "e posta", "e postni", "elektronski naslov", "elektronska posta", "s posti", "e post",
)  # fmt: skip
PHONE_KINDS: Final[dict[str, str]] = {
    word: kind
    for kind, words in {
        "mobile": "mobile cell cellphone gsm mobitel mobilni mobi mob prenosni matkapuhelin matkapuh kannykka mobil "
        "mobiltelefon mobilnummer",
        "work": "work business office company sluzbeni sluzbena sluzba delo tyo tyopuhelin arbete jobb",
        "home": "home domaci doma stacionarni hisni koti kotipuhelin lankapuhelin hem",
        "fax": "fax faks faksi telefax",
    }.items()
    for word in words.split()
}
NOT_A_NUMBER: Final = frozenset(
    [
        "extension",
        "type",
        "label",
        "status",
        "bad",
        "opt",
        "optin",
        "consent",
        "country",
        "code",
        "callback",
        "assistants",
        "assistant",
        "managers",
        "manager",
        "yomi",
        "hold",
        "subscription",
        "is",
        "greeting",
        "format",
        "use",
        "bulk",
        "preferred",
    ]
)
"""Words that say that a heading with "phone" or "mail" in it is about something else."""
