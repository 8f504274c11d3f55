-- squawk-ignore-file require-concurrent-index-deletion
drop index webhook_deliveries_of_project;
drop policy changers_there on webhook_deliveries;
drop policy removers_there on egress_hosts;
drop policy makers_there on egress_hosts;
drop policy removers_there on flow_secrets;
drop policy makers_there on flow_secrets;
drop policy changers_there on flow_runs;
revoke update (looked_at) on flow_runs from pf_api;
drop index flow_runs_of_project;
