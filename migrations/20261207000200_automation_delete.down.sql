alter table flows drop column deleted_at;
