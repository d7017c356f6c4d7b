-- Who has looked at whose record: one row a look, read by the person it is about. The event of the look
-- says the same without the reason, and stays.
create table look (
    id           uuid        not null primary key,
    jobseeker_id uuid        not null references jobseeker (id),
    at           timestamptz not null,
    actor        text        not null,
    what         text        not null,
    reason       text        not null
);
create index look_jobseeker on look (jobseeker_id, id);
