-- Vacancies that seem to say the same, and what was decided. `copy_of`: it stands behind that one for as
-- long as that one is public. `text_mark`: the same for the same text; 0 where there is little of it.
create table vacancy_pair (
    shown    uuid        not null references vacancy (id),
    copy     uuid        not null references vacancy (id),
    kind     text        not null,
    likeness bigint      not null,
    verdict  text        not null,
    at       timestamptz not null,
    primary key (shown, copy)
);
create index vacancy_pair_verdict on vacancy_pair (verdict, at);
create index vacancy_pair_copy on vacancy_pair (copy);

alter table vacancy add column text_mark bigint not null default 0;
alter table vacancy add column copy_of uuid;
create index vacancy_text_mark on vacancy (text_mark);
create index vacancy_copy_of on vacancy (copy_of);
