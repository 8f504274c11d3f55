alter table cards drop column attachment_count;
drop table attachments;
