-- What is not known is left out of a score; a doubt that stands in every pair alike takes its place.
-- The notice is the least total at which a new post is worth telling somebody about.
alter table matching_weight add column answer bigint not null default 0;
alter table matching_weight add column doubt bigint not null default 0;
alter table matching_weight add column notice bigint not null default 100000;

insert into matching_weight (version, valid_from, skills, occupation, place, wage, experience,
    education, freshness, living, form, answer, doubt, must, half_km, usual_reach_km, fresh_days,
    notice, basis)
values (2, '2026-01-01', 300, 220, 160, 120, 60, 50, 40, 30, 20, 20, 150, 200, 17, 30, 60, 88000,
    'what nobody has told is left out; a small doubt keeps those who tell nothing from coming first');

-- Counted by the deeds of applying and answering; unknown until the first of them.
alter table vacancy add column applied bigint;
alter table employer add column answers_due bigint;
alter table employer add column answers_given bigint;
