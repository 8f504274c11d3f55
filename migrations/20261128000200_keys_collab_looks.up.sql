-- Collab seals nothing, and does not start with the keys of another installation either.
grant select on sealing_keys to pf_collab;
