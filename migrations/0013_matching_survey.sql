-- The parts add up to a thousand from here on, so that each can be read as a share.
insert into matching_weight (version, valid_from, skills, occupation, place, wage, experience,
    education, freshness, living, form, answer, doubt, must, half_km, usual_reach_km, fresh_days,
    notice, basis)
values (3, '2026-01-01', 290, 220, 150, 120, 60, 50, 40, 30, 20, 20, 150, 200, 17, 30, 60, 88000,
    'the parts add up to a thousand');

-- How a skill or a paper can be had, loaded from migrations/seed.
create table training (
    skill       text not null primary key,
    name_zh     text not null,
    name_en     text not null,
    examiner_zh text not null,
    examiner_en text not null
);

-- People whom no open post fits, made anew by every survey: why, and what would free most posts.
create table matching_survey (
    id        uuid        not null primary key,
    at        timestamptz not null,
    version   bigint      not null,
    people    bigint      not null,
    posts     bigint      not null,
    unmatched bigint      not null
);

create table matching_unmatched (
    jobseeker  uuid   not null primary key,
    region     text   not null,
    occupation text   not null,
    binding    text   not null,
    posts      bigint not null,
    way        jsonb,
    freed      bigint not null
);
create index matching_unmatched_place on matching_unmatched (region, occupation);
