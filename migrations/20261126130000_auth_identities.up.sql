-- Who people are elsewhere: what they sign in with besides the password. The issuer and its own name
-- for somebody are the identity; the address is only what the person knows it by.
create table user_identities (
  id uuid primary key,
  user_id uuid not null references users (id),
  issuer text not null,
  subject text not null,
  email text,
  created_at timestamptz not null default now(),
  constraint user_identities_issuer_subject_unique unique (issuer, subject),
  constraint user_identities_short check (
    length(issuer) <= 500 and length(subject) <= 255 and length(email) <= 254
  )
);

create index user_identities_user on user_identities (user_id);

grant select, insert, delete on user_identities to pf_api;
