"""The lines of a person's form, filled from her card. What is typed is read in person_reading, saved by the form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.widgets import Static

from organiser_tui.domain.folding import fold
from organiser_tui.reference import public_providers
from organiser_tui.store.person import EmploymentLine, PersonCard
from organiser_tui.store.suggesting import best_fits, municipality_named, provider_named, providers_like, words_like
from organiser_tui.tui.dialogs.person_reading import NumberReader, addresses, day_read_back, hour_read_back, phone_shown
from organiser_tui.tui.widgets.choice_row import ChoiceRow, Offer
from organiser_tui.tui.widgets.form_field import ChoiceLine, FormField, FormLine, yes_no_unknown
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign

_MOST = 5


class PersonLines:
    """Makes the lines of one form; `card` is None for somebody new."""

    def __init__(self, store: Campaign, card: PersonCard | None) -> None:
        self._store = store
        self._card = card
        self.numbers = NumberReader(store.country, card.phones if card else ())

    def all(self) -> Iterator[FormLine | Static]:
        """Every line in its order, the commonest first."""
        card = self._card
        yield FormField(_("Given name"), card.given if card else "", id="given")
        yield FormField(_("Family name"), card.family if card else "", id="family")
        held = [phone_shown(phone, self._store.country) for phone in card.phones] if card else []
        for place, shown in enumerate(held or [""]):
            yield self.phone(place, shown)
        emails = ", ".join(address for _id, address in card.emails) if card else ""
        yield FormField(_("E-mail"), emails, id="emails", check=_addresses_read)
        for place, line in enumerate(card.employments if card and card.employments else (None,)):
            yield from self.employment(place, line)
        place_name = self._place_name()
        yield FormField(_("Place"), place_name, id="place", check=self._place_read, words=partial(self._words, "place"))
        yield FormField(
            _("Note for next"), card.next_note if card else "", id="next-note", hint=_("For whoever calls her next")
        )
        yield from self._about_her()
        yield from self._discretion()

    def phone(self, place: int, shown: str = "") -> FormField:
        """The line for one number."""
        label = _("Phone") if place == 0 else _("Phone {n}").format(n=place + 1)
        hint = _("041 123 456, work after it for a number at work") if place == 0 else ""
        return FormField(label, shown, id=f"phone-{place}", check=self.numbers.read_back, hint=hint)

    def employment(self, place: int, line: EmploymentLine | None = None) -> list[FormField]:
        """The three lines for one employment: provider, since and until; the latter two once there is a provider."""
        now = self._store.wall_now()
        label = _("Provider") if place == 0 else _("Provider {n}").format(n=place + 1)
        lines = [
            FormField(
                label,
                line.provider if line else "",
                id=f"provider-{place}",
                check=self._provider_read,
                words=self._providers,
            ),
            *(
                FormField(
                    name,
                    (day or "") if line else "",
                    id=f"{what}-{place}",
                    check=partial(day_read_back, now=now),
                    hint=_("2021, 11.2021 or 3.11.2021; empty: not known"),
                )
                for what, name, day in (
                    ("since", _("  since"), line.from_day if line else None),
                    ("until", _("  until"), line.to_day if line else None),
                )
            ),
        ]
        for dependent in lines[1:]:
            dependent.display = line is not None
        return lines

    def _about_her(self) -> Iterator[FormLine | Static]:
        card = self._card
        yield Static(_("About her"), classes="form-heading")
        work = (("assistant", _("assistant")), ("neighbouring service", _("neighbouring")), ("other", _("other")))
        yield _choice(_("Work"), work, card.work if card else "assistant", "work")
        positions = (
            *(("worker", _("worker")), ("coordinator", _("coordinator"))),
            *(("manager", _("manager")), ("owner", _("owner"))),
        )
        yield _choice(_("Position"), positions, card.position if card else "worker", "position")
        languages, tags = (", ".join(card.languages), ", ".join(card.tags)) if card else ("", "")
        yield FormField(
            _("Languages"), languages, id="languages", words=partial(self._words, "language"), several=True,
            hint=_("divided by commas"),
        )  # fmt: skip
        yield FormField(
            _("Tags"), tags, id="tags", words=partial(self._words, "tag"), several=True, hint=_("divided by commas")
        )
        yield FormField(_("Gender"), card.gender if card else "", id="gender", hint=_("as she says herself, or empty"))
        no_yes = ((False, _("no")), (True, _("yes")))
        yield _choice(_("Leader"), no_yes, bool(card and card.leader), "leader")
        yield _choice(_("Activist"), no_yes, bool(card and card.activist), "activist")

    def _discretion(self) -> Iterator[FormLine | Static]:
        card = self._card
        yield Static(_("Discretion"), classes="form-heading")
        for name, label, hour in (
            ("call-from", _("Call from"), card.call_from if card else None),
            ("call-until", _("Call until"), card.call_until if card else None),
        ):
            yield FormField(label, hour or "", id=name, check=hour_read_back, hint=_("17 or 17:30"))
        yield FormField(
            _("How"), card.call_how if card else "", id="call-how", hint=_("never at work; let it ring twice …")
        )
        answers = yes_no_unknown()
        yield _choice(_("Leave message"), answers, card.leave_message if card else None, "leave-message")
        yield _choice(_("Name the union"), answers, card.name_union if card else None, "name-union")
        yield FormField(
            _("Safe channels"), card.safe_channels if card else "", id="safe-channels", hint=_("call, text, e-mail …")
        )
        no_yes = ((False, _("no")), (True, _("yes, she allowed it")))
        yield _choice(_("Work numbers"), no_yes, bool(card and card.work_numbers), "work-numbers")
        barred = [
            *(("", _("may be contacted")), ("all", _("every channel"))),
            *(("call", _("no calls")), ("text", _("no texts")), ("e-mail", _("no e-mail"))),
        ]
        held = card.do_not_contact if card else ""
        if held not in [value for value, _label in barred]:
            barred.append((held, held.replace(",", ", ")))
        yield _choice(_("Do not contact"), barred, held, "do-not-contact")

    def _place_name(self) -> str:
        if self._card is None:
            return ""
        code = self._card.municipality_code
        return self._store.places.municipality_names.get(code, self._card.place) if code else self._card.place

    def _words(self, name: str, typed: str) -> Sequence[str]:
        return words_like(self._store, name, typed, _MOST)

    def _providers(self, typed: str) -> Sequence[str]:
        """Those in the campaign first, then public ones that nobody has brought in yet."""
        held = providers_like(self._store, typed, _MOST)
        known = {fold(name) for name in held}
        public = [row.name for row in public_providers(self._store.country) if fold(row.name) not in known]
        return [*held, *best_fits(public, typed, _MOST)][:_MOST]

    def _provider_read(self, name: str) -> str:
        if not name:
            return ""
        held = provider_named(self._store, name)
        if held is None:
            return _("a new provider, made when you save")
        return "" if held == name else held

    def _place_read(self, name: str) -> str:
        if not name:
            return ""
        code = municipality_named(self._store, name)
        if code is None:
            return _("not a municipality: kept as text")
        places = self._store.places
        return f"{places.municipality_names[code]}, {places.region_names[places.region_of[code]]}"


def _addresses_read(text: str) -> str:
    addresses(text)
    return ""


def _choice(label: str, offers: Sequence[tuple[object, str]], value: object, name: str) -> ChoiceLine:
    return ChoiceLine(label, ChoiceRow([Offer(*offer) for offer in offers], value, id=f"{name}-row"), id=name)
