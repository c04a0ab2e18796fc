"""How many rows a list has is told before it is read, whichever way they are counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from organiser_tui.exchange.reading import ListFile

LISTS = {
    "plain": "Ime;Telefon\nAna Novak;041\nBor Kos;031\n",
    "blank rows": "Ime;Telefon\n\nAna Novak;041\n;\n \t; \n\nBor Kos;\n",
    "no line feed at the end": "Ime;Telefon\nAna Novak;041\nBor Kos;031",
    "returns": "Ime;Telefon\r\nAna Novak;041\r\n;\r\nBor Kos;031\r\n",
    "returns alone": "Ime;Telefon\rAna Novak;041\r;\rBor Kos;031\r",
    "a title above": "Seznam\n\nIme;Telefon\nAna Novak;041\nBor Kos;031\n",
}


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("quoted", [False, True])
def test_rows_are_counted_alike_with_and_without_quotation_marks(tmp_path: Path, text: str, quoted: bool) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes((text.replace("Ana Novak", '"Ana Novak"') if quoted else text).encode())
    source = ListFile(path)
    assert source.count == 2
    assert sum(1 for row in source.rows() if any(map(str.strip, row.cells))) == 2
