-- An employer asks somebody of its shortlist to apply; who that is it learns only when they do.
create table invitation (
    id           uuid        not null primary key,
    vacancy_id   uuid        not null references vacancy (id),
    jobseeker_id uuid        not null references jobseeker (id),
    employer_id  uuid        not null references employer (id),
    made_by      text        not null,
    made_at      timestamptz not null,
    answer       text,
    answered_at  timestamptz,
    unique (vacancy_id, jobseeker_id)
);
create index invitation_jobseeker on invitation (jobseeker_id, id);
