-- Whoever is safe only by channels other than calls is not called: worked out anew when the file is next opened.
UPDATE person_figures SET turns_on = '0001-01-01'
    WHERE person_id IN (SELECT person_id FROM safe_channel WHERE gone_by IS NULL);
