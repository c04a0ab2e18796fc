"""An office: how many seats, for how long, and by which rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from organiser_tui.domain.committee import parse_share
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.offices import OfficeDraft, usual_office
from organiser_tui.store.matching import provider_meant
from organiser_tui.store.offices import OfficeRow, change_office, make_office
from organiser_tui.store.suggesting import providers_like
from organiser_tui.tui.dialogs.form_dialog import FormLines, LineForm
from organiser_tui.tui.widgets.form_field import FormField, ReadBack
from organiser_tui.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from organiser_tui.store.campaign import Campaign


class OfficeForm(LineForm[int]):
    """The id of the office that was made or changed, or None. Enter goes on; on the last line it saves."""

    HELP = _(
        "A share is written 1/3; an empty line asks nothing of it. Without genders named the share is asked of each "
        "that a candidate has declared. An office of one provider is held by those who work there."
    )
    FOOTER: ClassVar[Sequence[str]] = ("office-form.save", "dialog.cancel", "dialog.help")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", _("save"), id="office-form.save", tooltip=_("Saves the office")),
    ]

    def __init__(self, store: Campaign, office: OfficeRow | None = None) -> None:
        super().__init__(_("Office") if office else _("New office"))
        self._store = store
        self._office = office
        draft = office.draft if office else usual_office("", 3)
        self._begins = {
            "name": draft.name,
            "seats": str(draft.seats),
            "provider": office.provider if office else "",
            "years": str(draft.years),
            "terms": str(draft.most_terms),
            "gender": draft.gender_share,
            "region": draft.region_share,
            "employer": draft.employer_share,
            "genders": draft.genders,
        }

    def body(self) -> ComposeResult:
        def line(name: str, label: str, check: ReadBack | None = None, **more: Any) -> FormField:
            return FormField(label, self._begins[name], id=f"office-{name}", check=check, **more)

        at_least = _("at least, such as 1/3; empty where it is not asked")
        with FormLines(id="form-lines"):
            yield line("name", _("Name"), placeholder=_("committee, auditors, shop steward"))
            yield line("seats", _("Seats"), _whole)
            yield line(
                *("provider", _("Provider"), self._provider_said),
                words=lambda typed: providers_like(self._store, typed),
                hint=_("only for an office of one provider"),
            )
            yield line("years", _("Years"), _whole, hint=_("of one term"))
            yield line("terms", _("Terms in a row"), _whole, hint=_("0: any number"))
            yield line("gender", _("Each gender"), _share_said, hint=at_least)
            yield line("region", _("Other regions"), _share_said, hint=at_least)
            yield line("employer", _("Oth. employers"), _share_said, hint=at_least)
            yield line("genders", _("Genders"), hint=_("such as F, M; empty for each one declared"))
        yield Static(id="form-message")

    def _provider_said(self, text: str) -> str:
        provider_meant(self._store, text)
        return ""

    def saved(self) -> int:
        provider = provider_meant(self._store, self.text("office-provider"))
        draft = OfficeDraft(
            self.text("office-name"), _number(self.text("office-seats")), provider,
            _number(self.text("office-years")), _number(self.text("office-terms")), self.text("office-gender"),
            self.text("office-region"), self.text("office-employer"), self.text("office-genders"),
        )  # fmt: skip
        if self._office is None:
            return make_office(self._store, draft)
        change_office(self._store, self._office.id, draft)
        return self._office.id


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise OrganiserError(_("“{text}” is no number. Write for example 3.").format(text=text[:40]))
    return int(text)


def _whole(text: str) -> str:
    _number(text)
    return ""


def _share_said(text: str) -> str:
    parse_share(text)
    return ""
