"""organiser-tui: call lists, contacts, sign-ups and reach for people who organise personal assistants."""

__version__ = "0.1.0"
