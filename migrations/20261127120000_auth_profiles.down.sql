alter table users drop column time_zone;
alter table users drop column language;
