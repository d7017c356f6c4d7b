-- Files on their way in. Rows wait in intake_batch, a thousand together and sealed, since they may
-- hold names and numbers; a batch is done when the cursor of its intake has passed it, in the
-- transaction that writes what came of its rows.
create table intake (
    id         uuid        not null primary key,
    noun       text        not null,
    name       text        not null,
    digest     text        not null,
    choice     text        not null,
    state      text        not null,
    head       jsonb,
    top        jsonb       not null,
    binding    jsonb,
    batches    bigint      not null,
    cursor     bigint      not null,
    staged     bigint      not null,
    counts     jsonb       not null,
    refusal    jsonb,
    holder     uuid        not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index intake_digest on intake (digest);

create table intake_batch (
    intake_id uuid   not null references intake (id),
    number    bigint not null,
    sealed    bytea  not null,
    primary key (intake_id, number)
);

-- Rows that were refused, sealed, until they are given back or thirty days have passed.
create table intake_refused (
    intake_id uuid   not null references intake (id),
    position  bigint not null,
    sealed    bytea  not null,
    primary key (intake_id, position)
);
