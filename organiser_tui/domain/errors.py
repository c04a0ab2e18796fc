"""The one exception that a person ever sees, and what it may tell beside its sentence."""

from __future__ import annotations

from collections.abc import Mapping

from organiser_tui.words import _


class OrganiserError(Exception):
    """Something that cannot be done, told in one clear sentence that helps (its only argument)."""


class SavedError(OrganiserError):
    """What was asked for is saved, or a part of it that the sentence names; only what came after could not be done."""


class TakenBackError(OrganiserError):
    """What was to be taken back has been taken back already."""


class ChangedMeanwhileError(OrganiserError):
    """Another window has set the same fields since they were looked at; nothing was saved.

    `fields` are what stands there now, by the name of the field.
    """

    def __init__(self, fields: Mapping[str, object]) -> None:
        super().__init__(_("Another window has changed the same meanwhile. Nothing was saved."))
        self.fields = fields
