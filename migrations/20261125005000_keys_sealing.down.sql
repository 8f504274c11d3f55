drop table sealing_keys;
drop domain sealed;
