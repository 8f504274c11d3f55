-- squawk-ignore-file ban-drop-column
alter table sessions drop column is_remembered;
