drop table board_counters;
drop table labels;
drop table columns;
drop table boards;
drop table projects;
