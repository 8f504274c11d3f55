-- Collab lets those follow a run who may see it.
grant select (id, workspace_id, project_id) on flow_runs to pf_collab;
