revoke select (id, workspace_id, archived_at) on projects from pf_collab;
revoke select (workspace_id, card_id, user_id) on card_assignees from pf_collab;
revoke select (id, workspace_id, project_id, board_id, created_by, description, archived_at,
deleted_at) on cards from pf_collab;
drop table crdt_history;
drop table crdt_updates;
drop table crdt_docs;
