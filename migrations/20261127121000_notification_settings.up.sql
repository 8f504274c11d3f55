-- No installation has so many notifications yet that anybody would wait.
-- squawk-ignore-file require-concurrent-index-creation, constraint-missing-not-valid
-- By which ways somebody is told of each kind of news; without a row, by the product's own choice.
create table notification_settings (
  user_id uuid not null references users (id) on delete cascade,
  kind text not null,
  in_inbox boolean not null,
  email text not null,
  primary key (user_id, kind),
  constraint notification_settings_kind_known check (
    kind in ('assigned', 'mentioned', 'commented', 'due')
  ),
  constraint notification_settings_email_known check (email in ('at_once', 'daily', 'never'))
);

alter table notifications add column in_inbox boolean not null default true;
-- When it goes out by mail; null when it does not, or has.
alter table notifications add column mail_due timestamptz;
-- The letter it goes out in. Its id makes the Message-ID, the same for each try.
alter table notifications add column letter_id uuid;
create index notifications_mail_due on notifications (mail_due) where mail_due is not null;
create index notifications_letter on notifications (letter_id) where mail_due is not null;

-- Whose choice it is sees and changes it; who tells the members of a workspace sees theirs.
alter table notification_settings enable row level security;
alter table notification_settings force row level security;
create policy own on notification_settings to pf_api
using (user_id = (select app.me())) with check (user_id = (select app.me()));
create policy tellers on notification_settings for select to pf_worker
using ((select app.in_house()) or user_id in (select user_id from workspace_members));
grant select, insert, update on notification_settings to pf_api;
grant select on notification_settings to pf_worker;
