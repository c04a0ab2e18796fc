from __future__ import annotations

import sys
from array import array

from organiser_tui.tui.widgets.record_ids import Ids


def test_a_whole_list() -> None:
    ids = Ids([7, 8, 9])
    assert [ids.at(row) for row in range(-1, 4)] == [None, 7, 8, 9, None]
    assert ids.complete and ids.total == 3


def test_the_end_is_there_before_the_middle() -> None:
    ids = Ids(range(100), tail=range(900, 1000), total=1000)
    assert ids.at(99) == 99 and ids.at(100) is None and ids.at(900) == 900 and ids.at(999) == 999
    assert ids.between(95, 105) == [95, 96, 97, 98, 99]
    assert ids.between(895, 2000) == list(range(900, 1000))
    ids.extend(range(100, 1000))
    assert ids.complete and ids.at(500) == 500


def test_a_list_that_turns_out_shorter_or_longer() -> None:
    ids = Ids([1, 2], tail=[9], total=5)
    ids.finish()
    assert ids.total == 2 and ids.at(4) is None
    ids.extend([3, 4, 5])
    assert ids.total == 5


def test_a_record_is_found_wherever_it_stands() -> None:
    start = 1 << 40
    ids = Ids(range(start, start + 300_000), tail=[5], total=400_000)
    for row in (0, 65_535, 65_536, 131_072, 299_999):
        assert ids.row_of(start + row, near=120_000) == row
    assert ids.row_of(5) == 399_999
    assert ids.row_of(4) is None
    assert ids.row_of(-1) is None


def test_bytes_that_only_look_like_an_id_are_no_match() -> None:
    first, second = 0x0102030405060708, 0x1112131415161718
    joined = first.to_bytes(8, sys.byteorder) + second.to_bytes(8, sys.byteorder)
    between = int.from_bytes(joined[4:12], sys.byteorder, signed=True)
    assert Ids([first, second]).row_of(between) is None


def test_a_million_ids_take_no_more_than_ten_megabytes() -> None:
    ids = Ids(array("q", range(900_000)), total=1_000_000)
    ids.extend(range(900_000, 1_000_000))
    assert sys.getsizeof(ids._head) <= 10_000_000
