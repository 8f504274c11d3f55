drop table email_changes;
