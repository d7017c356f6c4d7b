-- An office's people are counted, and listed in the order of their ids, from indices alone.
drop index jobseeker_region;
create index jobseeker_region on jobseeker (region, id, office_id, forgotten_at);
drop index jobseeker_office;
create index jobseeker_office on jobseeker (office_id, region, forgotten_at);
create index jobseeker_walk on jobseeker (id, region, office_id, forgotten_at);
