-- Every way to a skill or a paper names the rule that it stands in.
alter table training add column source text not null default '';
