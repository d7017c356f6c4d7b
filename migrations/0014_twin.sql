-- The same vacancy from several sources has the same number; 0: not known.
alter table vacancy add column twin bigint not null default 0;
create index vacancy_twin on vacancy (twin);
