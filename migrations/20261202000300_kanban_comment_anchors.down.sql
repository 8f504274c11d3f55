alter table comments drop column anchor, drop column resolved_at;
