drop table outbox;
drop table board_events;
drop table outcomes;
