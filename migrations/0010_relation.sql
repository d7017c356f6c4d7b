-- What lies near what. Two lists by hand, loaded from migrations/seed; what was learnt from the
-- vacancies, made anew by every learning; what an office says, which no learning touches; and how
-- people were seen to move, which stays empty until placements are recorded.
create table skill_related (
    code     text   not null,
    related  text   not null,
    strength bigint not null,
    primary key (code, related)
);

create table occupation_related (
    code     text   not null,
    related  text   not null,
    strength bigint not null,
    primary key (code, related)
);

create table relation (
    noun     text   not null,
    code     text   not null,
    related  text   not null,
    strength bigint not null,
    support  bigint not null,
    primary key (noun, code, related)
);

create table relation_learning (
    id          uuid        not null primary key,
    at          timestamptz not null,
    posts       bigint      not null,
    skills      bigint      not null,
    occupations bigint      not null
);

create table relation_correction (
    id       uuid        not null primary key,
    noun     text        not null,
    code     text        not null,
    related  text        not null,
    strength bigint,
    reason   text        not null,
    at       timestamptz not null,
    unique (noun, code, related)
);

create table occupation_move (
    origin text   not null,
    goal   text   not null,
    people bigint not null,
    primary key (origin, goal)
);
