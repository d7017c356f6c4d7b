-- What a kept search says and what it is called, sealed with its person's key. One that was kept before
-- stands in `name` and `query` until the program seals it; then both are empty.
alter table subscription add column sealed bytea;
create index subscription_plain on subscription (id) where sealed is null;
