-- Who was taken off a card they do not see stays off it.
select 1;
