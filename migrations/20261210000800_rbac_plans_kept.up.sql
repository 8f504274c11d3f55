-- What somebody may is asked several times by each statement. Else Postgres plans its answer anew each
-- time, 50 to 110 µs, as it takes the purpose to be worth a plan of its own. Whoever replaces the
-- functions says it again.
alter function app.workspaces_to(text) set plan_cache_mode = force_generic_plan;
alter function app.projects_to(text) set plan_cache_mode = force_generic_plan;
