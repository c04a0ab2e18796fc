-- The last day for which figures were worked out: where it lies ahead, the clock of a device was wrong meanwhile.
CREATE TABLE figures_day (
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL
) STRICT;
