"""The form of a person, new or known: every line checked where it stands, nothing lost by an error."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from organiser_tui.domain.errors import ChangedMeanwhileError, OrganiserError
from organiser_tui.domain.people import EmploymentDraft, PersonDraft, listed
from organiser_tui.domain.row_words import field_words
from organiser_tui.store.entering import Alike, alike, save_person
from organiser_tui.store.person import PersonCard
from organiser_tui.store.suggesting import municipality_named
from organiser_tui.store.words import known_channels
from organiser_tui.tui.dialogs.confirm import Confirm
from organiser_tui.tui.dialogs.form_dialog import FormDialog, FormLines
from organiser_tui.tui.dialogs.person_lines import PersonLines
from organiser_tui.tui.dialogs.person_reading import addresses, read_day, read_hour
from organiser_tui.tui.drawing.diary import value_words
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import STRONG
from organiser_tui.tui.widgets.choice_row import ChoiceRow
from organiser_tui.tui.widgets.form_field import ChoiceLine, FormField, FormLine
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign


class PersonForm(FormDialog[int]):
    """The id of the person who was saved, or None. Enter goes on to the next line, ctrl+s saves from anywhere."""

    HELP = _(
        "Only a name or a number is needed. Enter and the arrows go from line to line, ctrl+s saves from anywhere. "
        "What is divided by commas may be several."
    )
    FOOTER: ClassVar[Sequence[str]] = (
        *("form.save", "form.another", "complete.down", "choice.next", "dialog.cancel", "dialog.help"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", _("save"), id="form.save", tooltip=_("Saves everything as it stands")),
        Binding("ctrl+n", "another", _("another line"), id="form.another", tooltip=_("One more number, or employment")),
    ]

    def __init__(self, store: Campaign, card: PersonCard | None = None) -> None:
        title = _("New person") if card is None else safe(card.name or _("no name"), f"bold {STRONG}")
        super().__init__(title)
        self._store = store
        self._card = card
        self._lines = PersonLines(store, card)
        self._first: dict[str, Any] = {}
        self._was = PersonDraft()
        self._over = False
        """Whether it is known that another window has changed the same, and this is to stand instead."""

    def body(self) -> ComposeResult:
        with FormLines(id="form-lines"):
            yield from self._lines.all()
        yield Static(id="form-message")

    def on_mount(self) -> None:
        self._first = self._values()
        if self._card is not None:
            self._was = self.draft()
        self.ask_which()

    @property
    def touched(self) -> bool:
        return self._values() != self._first

    # The lines

    def _field(self, name: str) -> FormField:
        return self.query_one(f"#{name}", FormField)

    def _text(self, name: str) -> str:
        return self._field(name).value

    def _chosen(self, name: str) -> Any:
        return self.query_one(f"#{name}", ChoiceLine).value

    def _numbered(self, what: str) -> list[FormField]:
        """The lines "phone-0", "phone-1" … in their order."""
        return [line for line in self.query(FormField) if (line.id or "").startswith(f"{what}-")]

    def _values(self) -> dict[str, Any]:
        """What stands in every line that says something."""
        lines = [line for line in self.query(FormLine) if isinstance(line, FormField | ChoiceLine)]
        return {line.id or "": line.value for line in lines if line.value not in ("", None)}

    @on(ChoiceRow.Changed)
    def ask_which(self) -> None:
        """Which work it is, where it is not an assistant's."""
        self._field("which-work").display = self._chosen("work") != "assistant"

    @on(Input.Changed)
    def uncover(self, event: Input.Changed) -> None:
        """Since and until are asked once a provider is named."""
        name, _dash, place = (event.input.id or "").removesuffix("-text").rpartition("-")
        if name == "provider":
            for dependent in ("since", "until"):
                self._field(f"{dependent}-{place}").display = bool(event.value.strip())

    async def action_another(self) -> None:
        """One more line for a number; where the cursor is in an employment, one more of these."""
        field = next((line for line in self.query(FormField) if line.has_focus_within), None)
        where = (field.id or "").partition("-")[0] if field is not None else ""
        lines = self.query_one("#form-lines")
        if where in ("provider", "since", "until"):
            count = len(self._numbered("provider"))
            await lines.mount(*self._lines.employment(count), after=f"#until-{count - 1}")
            self._field(f"provider-{count}").focus_field()
        else:
            count = len(self._numbered("phone"))
            await lines.mount(self._lines.phone(count), after=f"#phone-{count - 1}")
            self._field(f"phone-{count}").focus_field()

    @on(Input.Submitted)
    def go_on(self, event: Input.Submitted) -> None:
        """Enter: the next line."""
        event.stop()
        self.focus_next()

    @on(ChoiceRow.Done)
    def go_on_or_save(self, event: ChoiceRow.Done) -> None:
        """Enter on a choice: the next line; on the last line of all it saves."""
        event.stop()
        if event.row is self.query(ChoiceRow).last():
            self.action_save()
        else:
            self.focus_next()

    # Saving

    @work
    async def action_save(self) -> None:
        if not self.all_right():
            return
        draft = self.draft()
        person_id = self._card.id if self._card else None
        known = alike(self._store, draft, person_id) if self._may_be_known(draft) else []
        if known and not await self.app.push_screen_wait(_same_person(known)):
            return
        try:
            saved = save_person(self._store, draft, person_id, self._was, over=self._over)
        except ChangedMeanwhileError as error:
            self._over = True
            now = ", ".join(
                f"{field_words(field)}: {value_words(field, value)}" for field, value in error.fields.items()
            )
            self.say(_("Another window has set {now}. ctrl+s again writes yours over it.").format(now=now))
            return
        except OrganiserError as error:
            self.say(str(error))
            return
        self.dismiss(saved)

    def _may_be_known(self, draft: PersonDraft) -> bool:
        """Whether what others are recognised by has been written here: a number, an address, a name or provider."""
        recognised = ("given", "family", "emails", "phone-", "provider-")
        now = self._values()
        return any(now.get(name) != self._first.get(name) for name in now if name.startswith(recognised))

    def draft(self) -> PersonDraft:
        """What the form holds; every line has been checked."""
        place = self._text("place")
        code = municipality_named(self._store, place)
        return PersonDraft(
            given=self._text("given"),
            family=self._text("family"),
            phones=tuple(
                phone for line in self._numbered("phone") if (phone := self._lines.numbers.read(line.value)) is not None
            ),
            emails=addresses(self._text("emails")),
            employments=tuple(self._employments()),
            extra=self._text("extra"),
            municipality_code=code,
            place="" if code else place,
            street=self._text("street"),
            postal_code=self._text("postal-code"),
            town=self._text("town"),
            work=self._chosen("work"),
            which_work=self._text("which-work"),
            position=self._chosen("position"),
            left_work_on=read_day(self._text("left-work-on"), self._store.wall_now()),
            deceased=self._chosen("deceased"),
            gender=self._text("gender"),
            languages=listed(self._text("languages")),
            skills=listed(self._text("skills")),
            tags=listed(self._text("tags")),
            heard_through=self._chosen("heard-through"),
            leave_message=self._chosen("leave-message"),
            name_union=self._chosen("name-union"),
            safe_channels=known_channels(self._store, listed(self._text("safe-channels"))),
            call_from=read_hour(self._text("call-from")),
            call_until=read_hour(self._text("call-until")),
            call_how=self._text("call-how"),
            call_language=self._text("call-language").lower(),
            work_numbers=self._chosen("work-numbers"),
            bars=self._lines.bars(self._chosen("do-not-contact")),
            leader=self._chosen("leader"),
            activist=self._chosen("activist"),
            next_note=self._text("next-note"),
            external=self._lines.external(self._text),
            custom=self._lines.custom(self._text),
        )

    def _employments(self) -> list[EmploymentDraft]:
        """One for each provider line that is filled; the first lines are those of the card, in its order."""
        held = self._card.employments if self._card else ()
        now = self._store.wall_now()
        return [
            EmploymentDraft(
                line.value,
                read_day(self._text(f"since-{place}"), now),
                read_day(self._text(f"until-{place}"), now),
                held[place].id if place < len(held) else None,
            )
            for place, line in enumerate(self._numbered("provider"))
            if line.value
        ]


def _same_person(known: Sequence[Alike]) -> Confirm:
    """The question whether somebody in the file is the one being saved."""
    detail = Text()
    for person in known:
        provider = f", {person.provider}" if person.provider else ""
        detail.append_text(safe(f"{person.name or _('no name')}{provider}: {person.why}")).append("\n")
    detail.append("\n" + _("y makes her somebody of her own, n goes back to the form."))
    return Confirm(_("Save her as somebody new?"), detail)
