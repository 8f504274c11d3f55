drop function app.outcome_of(uuid, uuid, uuid);
