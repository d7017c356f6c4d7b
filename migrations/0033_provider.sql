-- Who an account is at the bureau's own provider of sign-ins: a keyed digest of issuer and subject.
create table provider_subject (
    digest     text        not null primary key,
    account_id uuid        not null unique references account (id),
    made_at    timestamptz not null
);

-- Ways back from the provider that were taken: each is good once.
create table provider_return (
    digest  text        not null primary key,
    used_at timestamptz not null
);
create index provider_return_used on provider_return (used_at);
