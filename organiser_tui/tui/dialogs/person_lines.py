"""The lines of a person's form, filled from her card. What is typed is read in person_reading, saved by the form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.widgets import Static

from organiser_tui.domain.folding import fold
from organiser_tui.domain.people import BarDraft, barred_as, listed
from organiser_tui.reference import public_providers
from organiser_tui.store.person import EmploymentLine, PersonCard, custom_values
from organiser_tui.store.suggesting import best_fits, municipality_named, provider_named, providers_like, words_like
from organiser_tui.store.words import codes, known_channels
from organiser_tui.tui.dialogs.person_reading import (
    NumberReader,
    addresses,
    day_read_back,
    hour_read_back,
    pair_read_back,
    phone_shown,
    read_pair,
)
from organiser_tui.tui.safe import fit, safe
from organiser_tui.tui.widgets.choice_row import ChoiceRow, Offer
from organiser_tui.tui.widgets.form_field import ChoiceLine, FormField, FormLine, yes_no_unknown
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign

_MOST = 5
_LABEL_CELLS = 14


class PersonLines:
    """Makes the lines of one form; `card` is None for somebody new."""

    def __init__(self, store: Campaign, card: PersonCard | None) -> None:
        self._store = store
        self._card = card
        self.numbers = NumberReader(store.country, card.phones if card else ())
        self._own = custom_values(store, card.id if card else None)

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
        yield from self._post()
        yield from self._known_as()

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
                check=partial(self._provider_read, before=line.provider if line else ""),
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
        yield FormField(
            _("  which"), card.which_work if card else "", id="which-work", hint=_("nurse, home help, driver …")
        )
        positions = (
            *(("worker", _("worker")), ("coordinator", _("coordinator"))),
            *(("manager", _("manager")), ("owner", _("owner"))),
        )
        yield _choice(_("Position"), positions, card.position if card else "worker", "position")
        for name, label, field, held in (
            ("languages", _("Languages"), "language", card.languages if card else ()),
            ("skills", _("Skills"), "skill", card.skills if card else ()),
            ("tags", _("Tags"), "tag", card.tags if card else ()),
        ):
            words = partial(self._words, field)
            shown = ", ".join(held)
            yield FormField(label, shown, id=name, words=words, several=True, hint=_("divided by commas"))
        yield FormField(_("Gender"), card.gender if card else "", id="gender", hint=_("as she says herself, or empty"))
        yield FormField(_("Title"), card.extra if card else "", id="extra", hint=_("title, suffix or nickname"))
        channels = [(None, _("not known")), *((code, code) for code in codes(self._store, "channel"))]
        yield _choice(_("Heard through"), channels, (card.heard_through or None) if card else None, "heard-through")
        no_yes = ((False, _("no")), (True, _("yes")))
        yield _choice(_("Leader"), no_yes, bool(card and card.leader), "leader")
        yield _choice(_("Activist"), no_yes, bool(card and card.activist), "activist")
        yield FormField(
            _("Left the work"), (card.left_work_on or "") if card else "", id="left-work-on",
            check=partial(day_read_back, now=self._store.wall_now()), hint=_("the day; empty while she works in it"),
        )  # fmt: skip
        yield _choice(_("Deceased"), no_yes, bool(card and card.deceased), "deceased")

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
        yield FormField(
            _("Call language"), card.call_language if card else "", id="call-language",
            hint=_("sq: only who speaks it gets her call; empty: anybody"),
        )  # fmt: skip
        answers = yes_no_unknown()
        yield _choice(_("Leave message"), answers, card.leave_message if card else None, "leave-message")
        yield _choice(_("Name the union"), answers, card.name_union if card else None, "name-union")
        yield FormField(
            _("Safe channels"), ", ".join(card.safe_channels) if card else "", id="safe-channels",
            check=self._channels_read, words=partial(self._words, "heard"), several=True,
            hint=_("call, text, e-mail …"),
        )  # fmt: skip
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

    def _post(self) -> Iterator[FormLine | Static]:
        card = self._card
        yield Static(_("Postal address"), classes="form-heading")
        yield FormField(_("Street"), card.street if card else "", id="street", hint=_("for forms that go by post"))
        yield FormField(_("Postal code"), card.postal_code if card else "", id="postal-code")
        yield FormField(_("Town"), card.town if card else "", id="town")

    def _known_as(self) -> Iterator[FormLine | Static]:
        """One line for each system that knows her and each field of the campaign's own, and one for one more."""
        yield Static(_("Ids elsewhere and your own fields"), classes="form-heading")
        for place, (system, value) in enumerate(self._card.external if self._card else ()):
            yield FormField(_short(system), value, id=f"external-{place}", hint=system)
        yield FormField(_("One more id"), id="external-more", check=pair_read_back, hint=_("Old database: 1234"))
        for field in self._own:
            yield FormField(_short(field.name), field.value, id=f"custom-{field.field_id}", hint=field.name)
        yield FormField(_("One more field"), id="custom-more", check=pair_read_back, hint=_("Shoe size: 42"))

    def bars(self, chosen: str) -> tuple[BarDraft, ...]:
        """What is barred once `chosen` is; what the card has stays as it is where the choice is the card's own."""
        held = tuple(BarDraft(bar.channel, bar.id) for bar in self._card.bars) if self._card else ()
        same = self._card is not None and chosen == self._card.do_not_contact
        return held if same else barred_as(chosen, held)

    def external(self, text: Callable[[str], str]) -> tuple[tuple[str, str], ...]:
        """The systems that know her with their ids, as the lines hold them; `text` gives what stands in a line."""
        held = self._card.external if self._card else ()
        pairs = [(system, text(f"external-{place}")) for place, (system, _value) in enumerate(held)]
        return (*(pair for pair in pairs if pair[1]), *_pair(text("external-more")))

    def custom(self, text: Callable[[str], str]) -> tuple[tuple[str, str], ...]:
        """The campaign's own fields with what the lines hold; `text` gives what stands in a line."""
        pairs = [(field.name, text(f"custom-{field.field_id}")) for field in self._own]
        return (*(pair for pair in pairs if pair[1]), *_pair(text("custom-more")))

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

    def _provider_read(self, name: str, before: str) -> str:
        """How the name of a provider is understood; `before` is the one that the line had when it was opened."""
        if not name:
            return ""
        held = provider_named(self._store, name)
        read = _("a new provider, made when you save") if held is None else "" if held == name else held
        if before and (held or name) != before:
            another = _("in the place of {provider}; a second job: ctrl+n").format(provider=before)
            read = f"{read} · {another}" if read else another
        return read

    def _channels_read(self, text: str) -> str:
        shown = ", ".join(known_channels(self._store, listed(text)))
        return "" if shown == text else shown

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


def _short(name: str) -> str:
    return fit(safe(name), _LABEL_CELLS).plain


def _pair(text: str) -> tuple[tuple[str, str], ...]:
    pair = read_pair(text)
    return (pair,) if pair else ()


def _choice(label: str, offers: Sequence[tuple[object, str]], value: object, name: str) -> ChoiceLine:
    return ChoiceLine(label, ChoiceRow([Offer(*offer) for offer in offers], value, id=f"{name}-row"), id=name)
