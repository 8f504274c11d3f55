-- squawk-ignore-file require-concurrent-index-deletion
drop index flow_runs_called;
