revoke select (id, workspace_id, project_id) on flow_runs from pf_collab;
