-- Who was taken off a list is asked for whenever it takes in others.
CREATE INDEX target_list_ended ON target (list_id, person_id) WHERE gone_by IS NOT NULL;
