"""Words on screen: the gettext catalogue in use. English is the source; a language is chosen before screens load."""

from __future__ import annotations

import gettext as _gettext

from organiser_tui.folders import package_folder

_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()


def use_language(code: str) -> None:
    """Take the catalogue of language `code` ("sl", "fi", "en"); where there is none the English source stands."""
    global _catalogue
    _catalogue = _gettext.translation("organiser_tui", package_folder() / "locales", languages=[code], fallback=True)


def _(message: str) -> str:
    """`message` in the language in use."""
    return _catalogue.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """`one` or `many`, by the plural rule of the language in use."""
    return _catalogue.ngettext(one, many, count)
