drop table checklist_items;
drop table comments;
drop table card_labels;
drop table card_assignees;
drop table cards;
