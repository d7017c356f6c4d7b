-- Texts of vacancies that an employer keeps under a name, to begin from.
create table vacancy_pattern (
    id          uuid        not null primary key,
    employer_id uuid        not null references employer (id),
    name        text        not null,
    written     jsonb       not null,
    made_by     text        not null,
    made_at     timestamptz not null,
    unique (employer_id, name)
);
