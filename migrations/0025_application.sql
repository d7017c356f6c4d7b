-- A person put to a vacancy, by themselves or with an office's letter; one open one for each pair.
create table application (
    id            uuid        not null primary key,
    jobseeker_id  uuid        not null references jobseeker (id),
    vacancy_id    uuid        not null references vacancy (id),
    employer_id   uuid        not null references employer (id),
    channel       text        not null,
    state         text        not null,
    since         timestamptz not null,
    due_on        date,
    agreed        boolean     not null,
    reason        text,
    note          text        not null,
    meets_at      timestamptz,
    meets_where   text        not null,
    arrived_on    date,
    number        text        not null,
    letter        text        not null default '',
    office_id     uuid        references organisation (id),
    made_by       text        not null,
    reminded_on   date,
    escalated_on  date,
    counted       boolean     not null,
    created_at    timestamptz not null,
    updated_at    timestamptz not null,
    version       bigint      not null
);
create unique index application_open on application (jobseeker_id, vacancy_id)
    where state in ('submitted', 'shortlisted', 'interview', 'offered');
create unique index application_number on application (number) where number <> '';
create unique index application_letter on application (letter) where letter <> '';
create index application_vacancy on application (vacancy_id, id);
create index application_employer on application (employer_id, id);
create index application_office on application (office_id, id);
create index application_due on application (due_on, id)
    where state in ('submitted', 'shortlisted', 'interview', 'offered');

-- Letters are numbered by office and year without gaps; each office has a number of its own.
create table referral_clock (
    id      bigint not null primary key,
    offices bigint not null
);
insert into referral_clock (id, offices) values (1, 0);
create table referral_office (
    office_id uuid   not null primary key,
    number    bigint not null unique
);
create table referral_count (
    office_id uuid   not null,
    year      bigint not null,
    last      bigint not null,
    primary key (office_id, year)
);

-- Places of a vacancy that are taken.
alter table vacancy add column hired bigint not null default 0;

-- Own firms of staff, and those of relatives: declared, ended, never deleted.
create table interest (
    id          uuid        not null primary key,
    account_id  uuid        not null references account (id),
    employer_id uuid        not null references employer (id),
    kind        text        not null,
    declared_at timestamptz not null,
    ended_at    timestamptz
);
create unique index interest_open on interest (account_id, employer_id) where ended_at is null;
