-- Instead of the first rule by which a person is called next, which of them fit her: the order of the rules can be changed.
-- 1 nobody at her provider is reached, 2 isolated, 4 undecided; several add up.
ALTER TABLE person_figures RENAME COLUMN rule TO fits;
ALTER TABLE target RENAME COLUMN rule TO fits;
UPDATE person_figures AS f SET fits = (f.fits = 3) + 2 * (f.isolation = 'isolated') + 4 * (f.rating = 3 OR coalesce((
    SELECT coalesce((SELECT w.answer FROM answer w WHERE w.ask_id = a.id AND w.voided_by IS NULL
        ORDER BY w.day DESC, w.id DESC LIMIT 1), '')
    FROM ask a WHERE a.person_id = f.person_id AND a.kind = 'sign' AND a.voided_by IS NULL
    ORDER BY a.day DESC, a.id DESC LIMIT 1) IN ('', 'maybe', 'later'), 0));
UPDATE target SET fits = f.fits FROM person_figures f WHERE f.person_id = target.person_id AND target.gone_by IS NULL;
