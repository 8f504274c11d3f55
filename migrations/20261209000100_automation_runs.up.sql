-- Few runs are there yet, and nobody waits for them.
-- squawk-ignore-file require-concurrent-index-creation
-- Lists of runs are by project, the newest first.
create index flow_runs_of_project on flow_runs (project_id, started_at, id);

-- Whoever ends a run at once has the worker look at it next.
grant update (looked_at) on flow_runs to pf_api;
create policy changers_there on flow_runs for update to pf_api
using (project_id = any ((select app.projects_to('write'))::uuid[]));

-- Who may write in a project keeps its secrets and the servers its flows may ask, and sends again what
-- nobody took, whatever they are in its workspace. The API asks for more than that.
create policy makers_there on flow_secrets for insert to pf_api
with check (project_id = any ((select app.projects_to('write'))::uuid[]));
create policy removers_there on flow_secrets for delete to pf_api
using (project_id = any ((select app.projects_to('write'))::uuid[]));
create policy makers_there on egress_hosts for insert to pf_api
with check (project_id = any ((select app.projects_to('write'))::uuid[]));
create policy removers_there on egress_hosts for delete to pf_api
using (project_id = any ((select app.projects_to('write'))::uuid[]));
create policy changers_there on webhook_deliveries for update to pf_api
using (project_id = any ((select app.projects_to('write'))::uuid[]));

-- Lists of what nobody took are by project too.
create index webhook_deliveries_of_project on webhook_deliveries (project_id, created_at, id);
