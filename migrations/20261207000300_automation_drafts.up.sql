-- Collab tells those who look at a flow who else does.
grant select (id, workspace_id, project_id) on flows to pf_collab;

-- Who has changed what since the flow was last published: ids of people by step, or by what of the flow.
alter table flows add column draft_authors jsonb not null default '{}';
