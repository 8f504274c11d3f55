-- Few news are there yet, and nobody waits for them.
-- squawk-ignore-file ban-drop-not-null, require-concurrent-index-creation, constraint-missing-not-valid, adding-foreign-key-constraint
-- News can be of a comment on a flow, and are of no card then.
alter table notifications alter column card_id drop not null;
alter table notifications alter column board_id drop not null;
alter table notifications add column flow_comment_id uuid;
alter table notifications add column project_id uuid;
alter table notifications add constraint notifications_flow_comment
foreign key (workspace_id, flow_comment_id) references flow_comments (workspace_id, id)
on delete cascade;
alter table notifications add constraint notifications_of_one_thing check (
  case when flow_comment_id is null
    then card_id is not null and board_id is not null and project_id is null
    else card_id is null and board_id is null and project_id is not null
  end
);
create index notifications_flow_comment_id on notifications (flow_comment_id)
where flow_comment_id is not null;

-- An inbox tells of no flow that is shut, either.
call app.open_by_project('notifications', 'app.has_card((select app.projects_to(%1$L))::uuid[], card_id)
  or project_id = any ((select app.projects_to(%1$L))::uuid[])');
alter policy changers on notifications using (
  workspace_id = any ((select app.workspaces_to('read all'))::uuid[])
  or workspace_id = any ((select app.workspaces_to('read'))::uuid[])
  and (app.has_card((select app.projects_to('read'))::uuid[], card_id)
    or project_id = any ((select app.projects_to('read'))::uuid[]))
);

-- Has those told who are named in a comment on a flow, as its author: the worker finds out who of them
-- may know.
create function app.tell_flow_mentions(comment uuid, people uuid []) returns void
language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
  insert into outbox (id, workspace_id, topic, effect_key, payload)
  select uuidv7(), c.workspace_id, 'notify', 'flow-comment/' || uuidv7(),
    jsonb_build_object('kind', 'mentioned', 'userIds', people, 'flowCommentId', c.id,
      'actorId', c.author_id)
  from flow_comments c where c.id = comment and c.author_id = app.me();
end
$$;

grant create on schema app to pf_policy;
alter function app.tell_flow_mentions(uuid, uuid []) owner to pf_policy;
revoke create on schema app from pf_policy;
revoke all on function app.tell_flow_mentions(uuid, uuid []) from public;
grant execute on function app.tell_flow_mentions(uuid, uuid []) to pf_api;
grant select on flow_comments to pf_policy;
create policy policies on flow_comments for select to pf_policy using (true);
