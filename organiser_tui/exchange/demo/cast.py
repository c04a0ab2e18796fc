"""Who exists in a made-up campaign before anyone is called: organisers with their turf, and providers nobody has met.

Provider names are put together from words that no real organisation bears. What happened with them is not told here.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from organiser_tui import reference
from organiser_tui.domain.folding import fold
from organiser_tui.domain.ids import IdMaker
from organiser_tui.exchange.demo.plan import TODAY, Calendar, Plan, ranked, wheel
from organiser_tui.exchange.demo.tables import Rows

PRIVATE, SELF_EMPLOYED = "private employer", "self-employed"
_KINDS = (("disability association", 0.36), ("non-profit", 0.36), ("company", 0.22), ("public", 0.06))
_HOUSEHOLD_SHARE = {"SI": 0.08, "FI": 0.34, "GB": 0.3}
_UNREACHED_SIZES = (14, 9, 7, 3)
_VILLAGE = 0.012
_ROLES = ("lead", "organiser", "organiser", "caller")
_LANGUAGES = {"SI": ("sl en", "sl bs", "sl en", "sl"), "FI": ("fi sv", "fi en", "fi ru", "fi so"), "GB": ("en",) * 4}


class Place(NamedTuple):
    """Where somebody works, and who is drawn when an organiser of that turf calls (mostly its own holder)."""

    region_code: str
    municipality_code: str
    town: str
    organisers: tuple[int, ...]


class Employer(NamedTuple):
    """One provider of the made-up campaign; `places` is a wheel of 64."""

    id: int
    name: str
    kind: str
    share: float
    places: list[Place]
    unreached: int
    """How many people are known of a provider that nobody has reached; -1 for every other one."""

    @property
    def home(self) -> Place:
        """Where it has its seat."""
        return self.places[0]


class Cast:
    """Organisers and providers, with their rows already gathered."""

    def __init__(self, plan: Plan, calendar: Calendar, ids: IdMaker, rng: Random, rows: Rows) -> None:
        self.words = reference.demo_words(plan.country)
        self._plan, self._calendar, self._ids, self._rng, self._rows = plan, calendar, ids, rng, rows
        # As people say it: Uusimaa rather than the long name of its wellbeing services county.
        self.region_names = {r.code: (*r.alt_names, r.name)[0] for r in reference.regions(plan.country)}
        self.organisers = self._organisers()
        self._places = self._map()
        self.employers = [*self._organisations(), *self._households()]
        for employer in self.employers:
            self._write(employer)
        self._tell_of_providers()

    @property
    def first(self) -> Employer:
        """The provider at which the campaign began."""
        return self.employers[0]

    @property
    def hostile(self) -> Employer:
        """The provider that turned against its group."""
        return self.employers[2]

    @property
    def unreached(self) -> list[Employer]:
        """The four that nobody has reached."""
        return [employer for employer in self.employers if employer.unreached >= 0]

    def open_wheel(self) -> list[int]:
        """A wheel of 8,192 positions in `employers`, by share; nobody is drawn into an unreached one."""
        return wheel(((n, e.share) for n, e in enumerate(self.employers) if e.unreached < 0), 13)

    def _organisers(self) -> list[int]:
        ids = list(self._ids.block(len(_ROLES)))
        languages = _LANGUAGES[self._plan.country]
        self._rows.of["organiser"].extend(zip(ids, self.words["organiser"], _ROLES, languages, strict=True))
        for n, region in enumerate(reference.regions(self._plan.country)):
            self._rows.of["turf"].append((self._ids.one(), ids[1 + n % (len(ids) - 1)], region.code))
        return ids

    def _map(self) -> dict[str, list[tuple[Place, float]]]:
        """The places of each region with their weights: towns by their rank, villages little."""
        towns = dict(ranked(self.words["town"], flatness=1))
        holders = {region: organiser for _id, organiser, region in self._rows.of["turf"]}
        places: dict[str, list[tuple[Place, float]]] = {}
        for row in reference.municipalities(self._plan.country):
            holder = holders[row.region_code]
            callers = (*(holder,) * 6, self.organisers[0], self.organisers[-1])
            place = Place(row.region_code, row.code, row.name.partition(",")[0], callers)
            places.setdefault(row.region_code, []).append((place, towns.get(row.name, _VILLAGE)))
        return {region: sorted(rows, key=lambda row: -row[1]) for region, rows in places.items()}

    def _organisations(self) -> Iterator[Employer]:
        """The biggest first; the unreached four stand at the end of the first dozen, each in a region of its own."""
        plan, rng = self._plan, self._rng
        weights = {code: sum(weight for _place, weight in rows) for code, rows in self._places.items()}
        regions, biggest = wheel(weights.items(), 8), max(weights, key=lambda code: weights[code])
        kinds = wheel(_KINDS, 6)
        names = self._names()
        first_share = max(0.04, 0.26 * (600 / max(plan.people, 600)) ** 0.25)
        rest = 1 - first_share - _HOUSEHOLD_SHARE[plan.country]
        shares = [1 / (n + 1.5) ** 0.9 for n in range(plan.providers - 1)]
        unreached = list(_UNREACHED_SIZES)
        seats: set[str] = set()
        for n in range(plan.providers):
            hidden = plan.providers - n <= len(_UNREACHED_SIZES) if plan.providers < 12 else 8 <= n < 12
            region = biggest if n == 0 else regions[rng.getrandbits(8)]
            while hidden and region in seats:
                region = regions[rng.getrandbits(8)]
            seats.add(region if hidden or n == 0 else "")
            kind = "disability association" if n == 0 else kinds[rng.getrandbits(6)]
            share = first_share if n == 0 else rest * shares[n - 1] / sum(shares)
            known = self._scaled(unreached.pop(0)) if hidden else -1
            yield Employer(self._ids.one(), names(kind), kind, share, self._seat(region, n < 4), known)

    def _scaled(self, size: int) -> int:
        people = self._plan.people
        if people < 60:
            return 0
        return max(1, round(size * min(10.0, people / 600 if people < 600 else (people / 600) ** 0.5)))

    def _seat(self, region: str, spreads: bool) -> list[Place]:
        """A wheel of the places where a provider's people work: its region, and another one where it spreads."""
        near = self._places[region]
        towns = ranked([near[0][0], *self._rng.sample([p for p, _w in near], min(7, len(near)))], flatness=0.5)
        if spreads:
            other = self._rng.choice(sorted(self._places))
            towns += [(place, 0.25 * weight) for place, weight in self._places[other][:3]]
        return wheel(towns, 6)

    def _households(self) -> Iterator[Employer]:
        """Private employers, one row a municipality and without a name; the self-employed, one row a region."""
        plan = self._plan
        by_weight = sorted((row for rows in self._places.values() for row in rows), key=lambda row: -row[1])
        alone = max(1, plan.households // 4)
        share = _HOUSEHOLD_SHARE[plan.country] / plan.households
        for place, _weight in by_weight[: plan.households - alone]:
            name = self.words["private"][0].format(place=place.town)
            yield Employer(self._ids.one(), name, PRIVATE, share, [place] * 64, -1)
        biggest = sorted(self._places, key=lambda code: -sum(w for _p, w in self._places[code]))
        for code in biggest[:alone]:
            name = self.words["self-employed"][0].format(place=self.region_names[code])
            yield Employer(self._ids.one(), name, SELF_EMPLOYED, share, wheel(self._places[code], 6), -1)

    def _names(self) -> _Names:
        return _Names(self._plan.country, self.words, self._rng)

    def _write(self, employer: Employer) -> None:
        household = employer.kind in (PRIVATE, SELF_EMPLOYED)
        opened = None if household else f"{1985 + self._rng.getrandbits(5)}-01-01"
        seat = None if employer.kind == SELF_EMPLOYED else employer.home.municipality_code
        self._rows.of["provider"].append(
            (
                *(employer.id, employer.name, fold(employer.name), employer.kind, employer.home.region_code),
                *(seat, opened, None, ""),
            )
        )

    def _tell_of_providers(self) -> None:
        """Stances, estimates, and what was asked, forwarded or rumoured; the hostile one turns hostile half-way."""
        rng, days, words, one = self._rng, self._calendar.days, self.words, self._ids.one
        lead = self.organisers[0]
        of = self._rows.of
        for n, employer in enumerate(self.employers):
            if employer.kind in (PRIVATE, SELF_EMPLOYED):
                continue
            day = days[rng.randrange(TODAY - 20)]
            if rng.random() < 0.7:
                known = employer.unreached if employer.unreached >= 0 else employer.share * self._plan.people
                headcount = max(3, round((known + 2) * rng.uniform(1.3, 3.5) / 5) * 5)
                of["estimate"].append((one(), employer.id, headcount, day, rng.choice(words["estimate"]), lead))
            if n < 3 or rng.random() < 0.4:
                stance = "helpful" if n == 0 else rng.choice(("neutral", "neutral", "helpful", "unknown", "hostile"))
                stance = "neutral" if employer is self.hostile else stance
                note = words["helpful"][0] if n == 0 else ""
                of["stance"].append((one(), employer.id, stance, days[5 + n % 30], "", note, lead))
            for what, certain in (("forwarded", 1), ("rumour", 0)):
                if rng.random() < 0.2:
                    sent = 5 * rng.randrange(2, 12) if certain else None
                    note = rng.choice(words[what])
                    of["provider_log"].append((one(), employer.id, day, what, "", sent, certain, note, lead))
        hostile = (one(), self.hostile.id, "hostile", days[TODAY - 75], "", words["hostile"][0], lead)
        of["stance"].append(hostile)


class _Names:
    """Names of providers, each given once: an adjective and a noun, and a town when these run out."""

    def __init__(self, country: str, words: dict[str, tuple[str, ...]], rng: Random) -> None:
        self._words, self._rng = words, rng
        self._used = {fold(row.name) for row in reference.known_organisations(country)}
        if "adjective" in words:  # Slovenian adjectives agree with their noun
            pairs = [
                (adjective.split("|")[gender], " " + noun)
                for gender, part in enumerate(("noun_m", "noun_f", "noun_n"))
                for adjective in words["adjective"]
                for noun in words[part]
            ]
        else:
            glue = " " if country == "GB" else ""
            pairs = [(prefix, glue + noun) for prefix in words["prefix"] for noun in words["noun"]]
        self._pairs = ["".join(pair) for pair in pairs]
        self._rng.shuffle(self._pairs)
        self._next = 0

    def __call__(self, kind: str) -> str:
        """The next name, in the form that providers of `kind` bear."""
        forms = self._words["association" if kind == "disability association" else kind]
        while True:
            name = self._pairs[self._next % len(self._pairs)]
            if self._next >= len(self._pairs):
                name = f"{name} {self._rng.choice(self._words['town']).partition(',')[0]}"
            self._next += 1
            name = self._rng.choice(forms).format(name=name)
            if fold(name) not in self._used:
                self._used.add(fold(name))
                return name
