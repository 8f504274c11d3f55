drop policy makers_there on flow_versions;
drop policy changers_there on flows;
drop policy makers_there on flows;
