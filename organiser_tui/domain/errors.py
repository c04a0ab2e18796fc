"""The one exception that a person ever sees."""

from __future__ import annotations


class OrganiserError(Exception):
    """Something that cannot be done, told in one clear sentence that helps (its only argument)."""


class SavedError(OrganiserError):
    """What was asked for is saved, or a part of it that the sentence names; only what came after could not be done."""
