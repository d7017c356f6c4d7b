-- What there is of one person, as their own pages, their data and being forgotten read it.

create index application_jobseeker on application (jobseeker_id, id);
create index placement_jobseeker on placement (jobseeker_id, id);
create index interview_jobseeker on interview (jobseeker_id);
create index jobseeker_draft_jobseeker on jobseeker_draft (jobseeker_id);
