-- What was looked for on a day, by place and work: counts, and the words only where they cannot be
-- a person's. No address, no session, no hour.
create table inquiry (
    day        date   not null,
    region     text   not null,
    occupation text   not null,
    words      text   not null,
    asked      bigint not null,
    missed     bigint not null,
    primary key (day, region, occupation, words)
);
create index inquiry_words on inquiry (words, day);
