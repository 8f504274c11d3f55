alter table notifications drop column letter_id;
alter table notifications drop column mail_due;
alter table notifications drop column in_inbox;
drop table notification_settings;
