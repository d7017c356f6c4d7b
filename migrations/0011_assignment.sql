-- Both texts are JSON, compressed; their digests are of the text itself. A row is never changed.
create table assignment (
    id             uuid        not null primary key,
    title          text        not null,
    way            text        not null,
    people         bigint      not null,
    posts          bigint      not null,
    placed         bigint      not null,
    input          bytea       not null,
    input_digest   text        not null,
    outcome        bytea       not null,
    outcome_digest text        not null,
    created_at     timestamptz not null
);

create table timetable (
    id            uuid        not null primary key,
    assignment_id uuid        not null references assignment (id),
    title         text        not null,
    day           date        not null,
    grid          jsonb       not null,
    created_at    timestamptz not null
);
create index timetable_assignment on timetable (assignment_id);

-- `begins` is a minute of the day; none where no time was left.
create table interview (
    id           uuid   not null primary key,
    timetable_id uuid   not null references timetable (id),
    vacancy_id   uuid   not null references vacancy (id),
    jobseeker_id uuid   not null references jobseeker (id),
    begins       bigint,
    state        text   not null,
    version      bigint not null
);
create unique index interview_booth on interview (timetable_id, vacancy_id, begins)
    where state = 'planned';
create unique index interview_person on interview (timetable_id, jobseeker_id, begins)
    where state = 'planned';
