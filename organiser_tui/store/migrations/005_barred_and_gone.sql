-- Who must not be contacted is recognised when she comes in anew, even if she has been taken out of the file.

CREATE INDEX person_barred_ended ON person (id) WHERE do_not_contact <> '' AND gone_by IS NOT NULL;
