-- A survey of those whom nothing fits goes on block by block, and the one before stays until it has ended.
drop table matching_unmatched;
drop table matching_survey;
create table matching_survey (
    id        uuid        not null primary key,
    asked_at  timestamptz not null,
    ended_at  timestamptz,
    -- 1 while it goes on, so that there is one at most
    running   bigint      unique,
    version   bigint      not null,
    people    bigint      not null,
    whole     bigint      not null,
    posts     bigint      not null,
    unmatched bigint      not null,
    upto      uuid
);

create table matching_unmatched (
    survey     uuid   not null,
    jobseeker  uuid   not null,
    region     text   not null,
    occupation text   not null,
    binding    text   not null,
    posts      bigint not null,
    way        jsonb,
    change     text   not null,
    skill      text   not null,
    freed      bigint not null,
    primary key (survey, jobseeker)
);
create index matching_unmatched_cell on matching_unmatched (survey, region, occupation);
create index matching_unmatched_person on matching_unmatched (jobseeker);
