drop table search_entries;
drop extension pg_trgm;
