-- The hash of random bytes that nobody kept.
update users
set
  password_hash = '$argon2id$v=19$m=19456,t=2,p=1$c29tZSByYW5kb20gc2FsdA$'
  || rtrim(encode(sha256(gen_random_uuid()::text::bytea), 'base64'), '=')
where password_hash is null;
-- squawk-ignore adding-not-nullable-field
alter table users alter column password_hash set not null;
