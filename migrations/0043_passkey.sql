-- Passkeys of accounts: what an authenticator has shown of a key that it made for this site.
create table passkey (
    id         uuid        not null primary key,
    account_id uuid        not null references account (id),
    credential bytea       not null unique,
    public_key bytea       not null,
    counter    bigint      not null,
    name       text        not null,
    made_at    timestamptz not null,
    used_at    timestamptz,
    doubted_at timestamptz
);
create index passkey_account on passkey (account_id);

-- What an authenticator was asked to sign: one question a sign-in and purpose, good once. Only its digest.
create table passkey_question (
    login_id uuid        not null,
    purpose  text        not null,
    digest   text        not null,
    made_at  timestamptz not null,
    primary key (login_id, purpose)
);
create index passkey_question_made on passkey_question (made_at);
