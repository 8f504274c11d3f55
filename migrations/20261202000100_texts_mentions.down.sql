alter table crdt_docs drop column told_mentions;
