-- Who signs in. Names and numbers are in `sealed`; the two indexes are keyed digests.
create table account (
    id           uuid        not null primary key,
    sealed       bytea       not null,
    login_index  text        not null,
    phone_index  text        not null,
    password     text        not null,
    password_due boolean     not null,
    second       bytea,
    second_step  bigint      not null,
    state        text        not null,
    created_at   timestamptz not null,
    updated_at   timestamptz not null
);
create unique index account_login on account (login_index) where login_index <> '';
create unique index account_phone on account (phone_index) where phone_index <> '';

create table membership (
    id              uuid        not null primary key,
    account_id      uuid        not null references account (id),
    role            text        not null,
    organisation_id uuid        references organisation (id),
    employer_id     uuid        references employer (id),
    jobseeker_id    uuid        references jobseeker (id),
    valid_from      timestamptz not null,
    valid_to        timestamptz
);
create index membership_account on membership (account_id);
create index membership_organisation on membership (organisation_id);
create index membership_employer on membership (employer_id);

-- Where somebody is signed in. Of the cookie only the digest is here.
create table login (
    id            uuid        not null primary key,
    digest        text        not null unique,
    account_id    uuid        not null references account (id),
    membership_id uuid        references membership (id),
    step          text        not null,
    device        text        not null,
    started_at    timestamptz not null,
    seen_at       timestamptz not null,
    ends_at       timestamptz not null
);
create index login_account on login (account_id);

-- Failures in a row at a door: keyed digests of what was tried, for a known device and for all others.
create table attempt (
    door     text        not null primary key,
    failures bigint      not null,
    last_at  timestamptz not null
);
create index attempt_last on attempt (last_at);

-- Devices from which an account was signed in to before.
create table account_device (
    account_id uuid        not null references account (id),
    device     text        not null,
    seen_at    timestamptz not null,
    primary key (account_id, device)
);

-- Codes for who has lost the second factor, each good once.
create table recovery (
    account_id uuid        not null references account (id),
    digest     text        not null,
    used_at    timestamptz,
    primary key (account_id, digest)
);

-- Codes sent to a telephone: good once, for a few minutes and tries.
create table passcode (
    id          uuid        not null primary key,
    phone_index text        not null,
    device      text        not null,
    digest      text        not null,
    tries       bigint      not null,
    made_at     timestamptz not null,
    used_at     timestamptz
);
create index passcode_phone on passcode (phone_index, made_at);
create index passcode_device on passcode (device, made_at);

-- Messages on their way out, sealed; sent by a task after the deed that wrote them.
create table notice_out (
    id         uuid        not null primary key,
    channel    text        not null,
    sealed     bytea       not null,
    state      text        not null,
    tries      bigint      not null,
    made_at    timestamptz not null,
    due_at     timestamptz not null,
    expires_at timestamptz not null,
    sent_at    timestamptz
);
create index notice_out_due on notice_out (state, due_at);

-- Keys of other programs. Of each only the digest is here.
create table token (
    id            uuid        not null primary key,
    digest        text        not null unique,
    name          text        not null,
    membership_id uuid        not null references membership (id),
    grants        jsonb       not null,
    created_at    timestamptz not null,
    expires_at    timestamptz not null,
    used_at       timestamptz,
    ended_at      timestamptz
);
