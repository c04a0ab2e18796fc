-- Nothing is said yet of the card, the rating and the isolation of most people, and of nobody who comes in by a list: an
-- order by those columns holds them in the order of names, which need not be kept four times.
DROP INDEX figures_name;
DROP INDEX figures_card;
DROP INDEX figures_rating;
DROP INDEX figures_isolation;
CREATE INDEX figures_name ON person_figures (name_key, person_id, card, rating, isolation);
CREATE INDEX figures_card ON person_figures (card_order, name_key) WHERE card <> 'none';
CREATE INDEX figures_rating ON person_figures (rating, name_key) WHERE rating <> 9;
CREATE INDEX figures_isolation ON person_figures (isolation, name_key) WHERE isolation <> 'not asked';
