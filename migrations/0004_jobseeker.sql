-- Name, number and telephone are sealed in `identity`; the two indexes are keyed digests, so that
-- the same person is found again without opening anybody's file.
create table jobseeker (
    id             uuid        not null primary key,
    source         text        not null,
    source_key     text        not null,
    fingerprint    text        not null,
    identity       bytea       not null,
    number_index   text        not null,
    phone_index    text        not null,
    born_on        date,
    place_text     text        not null,
    region         text        not null,
    longitude      double precision,
    latitude       double precision,
    education      text,
    education_text text        not null,
    experience     bigint,
    wish           jsonb       not null,
    skills         jsonb       not null,
    history        text        not null,
    seeking        boolean     not null,
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    version        bigint      not null,
    unique (source, source_key)
);
create index jobseeker_number on jobseeker (number_index) where number_index <> '';
create index jobseeker_phone on jobseeker (phone_index) where phone_index <> '';
create index jobseeker_region on jobseeker (region, id);
