-- The service network as a tree. `path` holds the ids from the top down, so that everything below an
-- office is a range of text; `ranges` are its regions and those of all below it, kept by every deed
-- that changes the tree.
create table organisation (
    id          uuid        not null primary key,
    kind        text        not null,
    name        text        not null,
    parent      uuid        references organisation (id),
    path        text        not null unique,
    regions     jsonb       not null,
    ranges      jsonb       not null,
    state       text        not null,
    merged_into uuid        references organisation (id),
    created_at  timestamptz not null,
    updated_at  timestamptz not null,
    version     bigint      not null
);
create index organisation_parent on organisation (parent);

-- Which office serves a region itself.
create table organisation_region (
    region          text not null,
    organisation_id uuid not null references organisation (id),
    primary key (region, organisation_id)
);

-- How each office was known, span by span.
create table organisation_past (
    organisation_id uuid        not null references organisation (id),
    deed            text        not null,
    name            text        not null,
    parent          uuid,
    regions         jsonb       not null,
    valid_from      timestamptz not null,
    valid_to        timestamptz
);
create index organisation_past_of on organisation_past (organisation_id, valid_from);

-- Records belong to the office that made them; to none, if the machine itself did.
alter table jobseeker add column office_id uuid;
create index jobseeker_office on jobseeker (office_id);
alter table intake add column office_id uuid;
alter table assignment add column office_id uuid;
