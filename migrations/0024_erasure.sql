-- Whoever asked to be forgotten, or whose time was over. The row of the register stays as a stub that
-- names nobody, so that placements still add up. `keys_at`: when the key was erased, which comes after.
alter table jobseeker add column forgotten_at timestamptz;

create table erasure (
    jobseeker_id uuid        not null primary key references jobseeker (id),
    at           timestamptz not null,
    actor        text        not null,
    ground       text        not null,
    accounts     jsonb       not null,
    keys_at      timestamptz
);
create index erasure_unfinished on erasure (jobseeker_id) where keys_at is null;

-- Why a record must be kept for a time, whoever asks.
create table hold (
    id           uuid        not null primary key,
    jobseeker_id uuid        not null references jobseeker (id),
    basis        text        not null,
    until        date        not null,
    actor        text        not null,
    at           timestamptz not null
);
create index hold_jobseeker on hold (jobseeker_id);

-- What a person has agreed to, and taken back: a row each time, the newest holds.
create table consent (
    id           uuid        not null primary key,
    jobseeker_id uuid        not null references jobseeker (id),
    purpose      text        not null,
    given        boolean     not null,
    actor        text        not null,
    at           timestamptz not null
);
create index consent_jobseeker on consent (jobseeker_id, purpose, id);
