-- What posts of an occupation ask for is counted from an index alone, and who was registered long ago
-- without a word since is found without going through those who have just come.
create index vacancy_asked on vacancy (occupation, state, education, experience_min);
create index jobseeker_since on jobseeker (created_at, id, region, office_id, seeking, forgotten_at);
