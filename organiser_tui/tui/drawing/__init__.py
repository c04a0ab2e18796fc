"""How records are drawn: pure functions from rows of the store to Text, tested apart from the pages."""
