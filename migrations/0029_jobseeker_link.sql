-- `name_index` is a keyed digest of name and date of birth. Two records of one person are linked, never
-- merged: a row for each pair, with what is held of it now.
alter table jobseeker add column name_index text not null default '';
alter table jobseeker add column visible boolean not null default true;
create index jobseeker_name on jobseeker (name_index) where name_index <> '';

create table jobseeker_link (
    first_id  uuid        not null references jobseeker (id),
    second_id uuid        not null references jobseeker (id),
    state     text        not null,
    reason    text        not null,
    actor     text        not null,
    at        timestamptz not null,
    primary key (first_id, second_id)
);
create index jobseeker_link_second on jobseeker_link (second_id);
create index jobseeker_link_open on jobseeker_link (at) where state = 'open';

-- Answers of somebody who has not finished registering, sealed with the key of the person to be.
create table jobseeker_draft (
    account_id   uuid        not null primary key references account (id),
    jobseeker_id uuid        not null,
    sealed       bytea       not null,
    updated_at   timestamptz not null
);
