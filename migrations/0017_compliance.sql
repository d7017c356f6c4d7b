-- What the law says about a vacancy: rules with their time and basis, the words they are known by
-- (both loaded from migrations/seed), figures that an office has added, and what was found.
create table compliance (
    code       text not null,
    ground     text not null,
    strength   text not null,
    lifts      text not null,
    reach      text not null,
    region     text not null,
    valid_from date not null,
    valid_to   date,
    basis_zh   text not null,
    basis_en   text not null,
    note       text not null,
    primary key (code, region, valid_from)
);

create table compliance_wording (
    rule    text not null,
    pattern text not null
);

-- An office's own dated figures, beside those of the seed: added, never changed.
create table term_kept (
    key        text        not null,
    region     text        not null,
    value      double precision not null,
    unit       text        not null,
    valid_from date        not null,
    valid_to   date,
    basis      text        not null,
    kept_at    timestamptz not null,
    primary key (key, region, valid_from)
);

-- What the gate found when it last read the vacancy; settled: a clerk has looked and let it be. The
-- line is that of the file it came in.
create table vacancy_finding (
    vacancy_id uuid   not null references vacancy (id),
    number     bigint not null,
    rule       text   not null,
    ground     text   not null,
    strength   text   not null,
    field      text   not null,
    begins     bigint not null,
    ends       bigint not null,
    words      text   not null,
    bound      text   not null,
    lawful     text   not null,
    basis_zh   text   not null,
    basis_en   text   not null,
    settled    boolean not null,
    intake_id  uuid,
    line       bigint,
    primary key (vacancy_id, number)
);
create index vacancy_finding_intake on vacancy_finding (intake_id, line);
create index vacancy_state on vacancy (state, id);
