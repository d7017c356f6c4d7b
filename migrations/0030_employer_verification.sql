-- Whether an employer is who it says, and what it shows for it. `seat`: region of its seat, the office
-- there looks at it. `claimed_code`: the credit code it says is its own, until a clerk has checked it.
alter table employer add column state text not null default 'unverified';
alter table employer add column since timestamptz;
alter table employer add column reason text not null default '';
alter table employer add column valid_to date;
alter table employer add column claimed_code text not null default '';
alter table employer add column seat text not null default '';
alter table employer add column agency boolean not null default false;
alter table employer add column agency_licence text not null default '';
alter table employer add column agency_issuer text not null default '';
alter table employer add column agency_until date;
create index employer_state on employer (state, id);
create index employer_seat on employer (seat);

-- Files that an employer shows: sealed, of a known kind, never opened here.
create table employer_file (
    id          uuid        not null primary key,
    employer_id uuid        not null references employer (id),
    paper       text        not null,
    media       text        not null,
    size        bigint      not null,
    sealed      bytea       not null,
    created_at  timestamptz not null
);
create index employer_file_of on employer_file (employer_id, id);

-- Who takes the people on, where an agency offers the work.
alter table vacancy add column end_employer text not null default '';

-- A file of an employer's own.
alter table intake add column employer_id uuid;
