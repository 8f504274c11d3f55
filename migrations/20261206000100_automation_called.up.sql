-- Few runs are there yet, and nobody waits for them.
-- squawk-ignore-file require-concurrent-index-creation
-- A run that is cancelled looks for those it has called.
create index flow_runs_called on flow_runs (called_by) where called_by is not null and status = 'running';
