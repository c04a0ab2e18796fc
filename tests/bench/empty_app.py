"""The yardstick: a Textual app with nothing but a list of 1,000 items."""

from textual.app import App, ComposeResult
from textual.widgets import OptionList


class EmptyApp(App[None]):
    """Nothing but the list."""

    def compose(self) -> ComposeResult:
        yield OptionList(*(f"item {number}" for number in range(1000)))


if __name__ == "__main__":
    EmptyApp().run()
