-- By what the messages to somebody, and the refused rows that name them, are found when they are
-- forgotten: keyed digests of the address, and of every cell of a row about people. A message or row that
-- was kept before has none until the program makes it.
alter table notice_out add column to_index text;
create index notice_out_to on notice_out (to_index);

alter table intake_refused add column marked boolean not null default false;
create index intake_refused_unmarked on intake_refused (intake_id, position) where not marked;

create table intake_refused_mark (
    intake_id uuid   not null,
    position  bigint not null,
    mark      text   not null,
    primary key (mark, intake_id, position),
    foreign key (intake_id, position) references intake_refused (intake_id, position) on delete cascade
);
create index intake_refused_mark_row on intake_refused_mark (intake_id, position);

-- What goes with an account, and what the engine itself looks for before an account goes.
create index token_membership on token (membership_id);
create index login_membership on login (membership_id);
create index interest_account on interest (account_id);
