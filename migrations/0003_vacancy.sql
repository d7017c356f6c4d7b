create table employer (
    id            uuid        not null primary key,
    name          text        not null,
    name_key      text        not null,
    credit_code   text        not null,
    industry      text        not null,
    industry_text text        not null,
    ownership     text        not null,
    size          text        not null,
    created_at    timestamptz not null,
    updated_at    timestamptz not null
);
create unique index employer_credit_code on employer (credit_code) where credit_code <> '';
create unique index employer_name_key on employer (name_key) where credit_code = '';
create index employer_name on employer (name_key);

create table vacancy (
    id              uuid        not null primary key,
    source          text        not null,
    source_key      text        not null,
    fingerprint     text        not null,
    employer_id     uuid        not null references employer (id),
    title           text        not null,
    occupation      text        not null,
    guesses         jsonb       not null,
    duties          text        not null,
    headcount       bigint,
    place_text      text        not null,
    region          text        not null,
    longitude       double precision,
    latitude        double precision,
    wage            jsonb,
    pay_from        bigint,
    pay_to          bigint,
    wage_text       text        not null,
    education       text,
    education_text  text        not null,
    experience_min  bigint,
    experience_max  bigint,
    experience_text text        not null,
    form            text,
    skills          jsonb       not null,
    benefits        jsonb       not null,
    contact         text        not null,
    posted_on       date,
    expires_on      date,
    state           text        not null,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    version         bigint      not null,
    unique (source, source_key)
);
create index vacancy_employer on vacancy (employer_id, id);
create index vacancy_region on vacancy (region, id);
create index vacancy_occupation on vacancy (occupation, id);
