alter function app.workspaces_to(text) reset plan_cache_mode;
alter function app.projects_to(text) reset plan_cache_mode;
