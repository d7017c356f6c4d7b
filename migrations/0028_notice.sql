-- Inboxes of persons, employers and offices; `leaves`: it may have to leave the house as well.
create table notice (
    id             uuid        not null primary key,
    audience       text        not null,
    kind           text        not null,
    application_id uuid        references application (id),
    vacancy_id     uuid        references vacancy (id),
    jobseeker_id   uuid        references jobseeker (id),
    employer_id    uuid        references employer (id),
    office_id      uuid        references organisation (id),
    title          text        not null,
    made_at        timestamptz not null,
    read_at        timestamptz,
    leaves         boolean     not null
);
create index notice_jobseeker on notice (jobseeker_id, id);
create index notice_employer on notice (employer_id, id);
create index notice_office on notice (office_id, id);
create index notice_leaving on notice (id) where leaves;

create table notice_preference (
    account_id uuid        not null primary key references account (id),
    sms        boolean     not null,
    changed_at timestamptz not null
);

-- Questions about vacancies that somebody wants to be told about, and of what they were told.
create table subscription (
    id           uuid        not null primary key,
    jobseeker_id uuid        not null references jobseeker (id),
    name         text        not null,
    query        text        not null,
    made_at      timestamptz not null,
    checked_at   timestamptz not null,
    ended_at     timestamptz
);
create index subscription_jobseeker on subscription (jobseeker_id, id);
create index subscription_due on subscription (checked_at, id) where ended_at is null;

create table subscription_hit (
    jobseeker_id uuid        not null references jobseeker (id),
    vacancy_id   uuid        not null references vacancy (id),
    told_at      timestamptz not null,
    primary key (jobseeker_id, vacancy_id)
);
