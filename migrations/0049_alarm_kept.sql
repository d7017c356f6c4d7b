-- Alarms are let go by their age.
create index notice_alarm on notice (made_at) where source is not null;
