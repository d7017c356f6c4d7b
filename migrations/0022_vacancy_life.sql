-- How a vacancy stands: since when in its state, when somebody last said that it is offered, why it is
-- where it is. Null `since`: since its last change. `reminded_on`: its employer has been told that it ends.
alter table vacancy add column since timestamptz;
alter table vacancy add column confirmed_on date;
alter table vacancy add column cause text;
alter table vacancy add column reason text not null default '';
alter table vacancy add column reminded_on date;
create index vacancy_ends on vacancy (state, expires_on);
