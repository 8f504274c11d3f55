-- What core/platform/envelope.ts seals is stored as this, whatever the table, so that changing the
-- master key finds every value by its type.
create domain sealed as bytea;

-- The master keys that stored values may be sealed with, by fingerprint.
create table sealing_keys (
  id text primary key,
  first_used_at timestamptz not null default now(),
  constraint sealing_keys_id_form check (id ~ '^[0-9a-f]{16}$')
);

-- The processes that seal notice a wrong key at their start.
grant select, insert on sealing_keys to pf_actions, pf_worker;
