drop index flow_runs_called;
