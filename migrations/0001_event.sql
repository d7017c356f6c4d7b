-- The log: one row for every accepted change, in the transaction of the change. The clock's row is
-- taken at the end of every deed, so that numbers have no gaps and follow the order of commits: a
-- reader that has done number n will never meet a smaller one.
create table event_clock (
    id  bigint not null primary key check (id = 1),
    seq bigint not null
);
insert into event_clock (id, seq) values (1, 0);

create table event (
    seq     bigint      not null primary key,
    at      timestamptz not null,
    actor   text        not null,
    deed    text        not null,
    noun    text        not null,
    subject uuid        not null,
    region  text        not null,
    change  jsonb       not null
);
create index event_subject on event (subject, seq);

-- How far each reader of the log has come.
create table reader (
    name text        not null primary key,
    seq  bigint      not null,
    at   timestamptz not null
);
