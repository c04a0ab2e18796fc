"""The people of a made-up campaign, one after the other: jobs, numbers, and what half a year of calls came to.

Each person's history rises in time, lies within calling hours, and begins after she began at her providers.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from organiser_tui.domain.ids import IdMaker
from organiser_tui.exchange.demo.cast import Cast, Place
from organiser_tui.exchange.demo.identity import Discretion, Identities, Identity, Numbers
from organiser_tui.exchange.demo.plan import DAY_MINUTES, MAIN_LANGUAGE, TODAY, Calendar, Plan, wheel
from organiser_tui.exchange.demo.tables import Row, Rows
from organiser_tui.exchange.demo.talks import Person, Role, Talks
