-- Whom a text names is told once for each mention: the keys of those that were.
alter table crdt_docs add column told_mentions uuid [] not null default '{}';
