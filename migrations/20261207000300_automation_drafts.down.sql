alter table flows drop column draft_authors;
revoke select (id, workspace_id, project_id) on flows from pf_collab;
