-- The fact that somebody works. One comes from an application at most once, and nobody has two open
-- ones at the same place.
create table placement (
    id                uuid        not null primary key,
    jobseeker_id      uuid        not null references jobseeker (id),
    application_id    uuid        references application (id),
    vacancy_id        uuid        references vacancy (id),
    employer_id       uuid        references employer (id),
    place_key         text        not null,
    kind              text        not null,
    employer_name     text        not null,
    post              text        not null,
    region            text        not null,
    started_on        date,
    wage              bigint,
    contract          text,
    signed_on         date,
    until             date,
    insured_on        date,
    channel           text        not null,
    state             text        not null,
    hired_on          date        not null,
    due_on            date,
    registered_on     date,
    ended_on          date,
    end_reason        text,
    end_registered_on date,
    office_id         uuid        references organisation (id),
    created_at        timestamptz not null,
    updated_at        timestamptz not null,
    version           bigint      not null
);
create unique index placement_application on placement (application_id) where application_id is not null;
create unique index placement_open on placement (jobseeker_id, place_key) where state <> 'ended';
create index placement_due on placement (due_on, id) where due_on is not null;
create index placement_employer on placement (employer_id, id);
create index placement_office on placement (office_id, id);
