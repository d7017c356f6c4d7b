-- What a side does not tell adds a share of its weight to the doubt, so that a post does not rise by
-- saying little; the words of a title tell apart what has one code; schooling and experience above
-- the person's weigh more.
alter table matching_weight add column untold bigint not null default 0;
alter table matching_weight add column title bigint not null default 0;

insert into matching_weight (version, valid_from, skills, occupation, place, wage, experience,
    education, freshness, living, form, answer, doubt, untold, title, must, half_km, usual_reach_km,
    fresh_days, notice, basis)
values (4, '2026-01-01', 120, 320, 230, 80, 80, 90, 20, 30, 10, 20, 150, 1000, 300, 200, 17, 30, 60,
    80000, 'by judged lists: the kind of work and the place first; what is left unsaid raises the doubt');
