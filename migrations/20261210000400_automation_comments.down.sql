alter table flows drop column comments_version;
drop table flow_comments;
