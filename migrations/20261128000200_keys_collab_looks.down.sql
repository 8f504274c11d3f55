revoke select on sealing_keys from pf_collab;
