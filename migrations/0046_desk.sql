-- What a clerk's table counts and lists of many open applications, read from the index alone or by the hour.

create index application_meets on application (meets_at, id) where state = 'interview';

drop index application_due;
create index application_due on application (due_on, id, state, office_id, employer_id, jobseeker_id)
    where state in ('submitted', 'shortlisted', 'interview', 'offered');
