-- Words for the same work, as people say them; loaded from migrations/seed like the other tables.
create table synonym (
    words      text not null primary key,
    wider      text not null,
    occupation text not null
);
