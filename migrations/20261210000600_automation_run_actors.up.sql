-- Whom a run acts for: what it does is done once by the ids of that actor's commands. Runs of before
-- have none, and act for whom their flow does.
alter table flow_runs add column actor_id uuid;
