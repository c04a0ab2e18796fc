"""The one exception that a person ever sees."""

from __future__ import annotations


class OrganiserError(Exception):
    """Something that cannot be done, told in one clear sentence that helps (its only argument)."""
