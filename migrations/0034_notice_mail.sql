-- Whether notices that ask somebody to act are wanted by mail as well.
alter table notice_preference add column mail boolean not null default false;
