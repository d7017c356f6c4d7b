-- What each part of a score weighs: versioned and dated, so that an office may change it and an old
-- answer can still be understood.
create table matching_weight (
    version        bigint not null primary key,
    valid_from     date   not null,
    skills         bigint not null,
    occupation     bigint not null,
    place          bigint not null,
    wage           bigint not null,
    experience     bigint not null,
    education      bigint not null,
    freshness      bigint not null,
    living         bigint not null,
    form           bigint not null,
    must           bigint not null,
    half_km        bigint not null,
    usual_reach_km bigint not null,
    fresh_days     bigint not null,
    basis          text   not null
);

insert into matching_weight (version, valid_from, skills, occupation, place, wage, experience,
    education, freshness, living, form, must, half_km, usual_reach_km, fresh_days, basis)
values (1, '2026-01-01', 300, 220, 160, 120, 60, 50, 40, 30, 20, 200, 17, 30, 60,
    'first weights: skills and occupation make up half, place and wage a quarter');
