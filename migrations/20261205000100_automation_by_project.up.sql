-- Who may write in a project draws and publishes there, whatever they are in its workspace.
create policy makers_there on flows for insert to pf_api
with check (project_id = any ((select app.projects_to('write'))::uuid[]));
create policy changers_there on flows for update to pf_api
using (project_id = any ((select app.projects_to('write'))::uuid[]));
create policy makers_there on flow_versions for insert to pf_api
with check (project_id = any ((select app.projects_to('write'))::uuid[]));
