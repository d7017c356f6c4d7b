-- When an office spoke with a person.
create table contact (
    id           uuid        not null primary key,
    jobseeker_id uuid        not null references jobseeker (id),
    day          date        not null,
    way          text        not null,
    batch        uuid        not null,
    made_by      text        not null,
    made_at      timestamptz not null,
    undone_at    timestamptz
);
create index contact_jobseeker on contact (jobseeker_id, day);
create index contact_batch on contact (batch);
