/**
 * Which lines of a workspace are about a thing, in SQL: of a card also those about what is on it,
 * what was undone on it, and the one that tells that it was made, whose target is its board. By the
 * targets' index: an `or` would read through all lines of the workspace.
 */
export function aboutTarget(workspaceId: string, targetId: string) {
  return {
    sql: `a.id in (
      with targets as (
        select ?::uuid as id
        union all select id from comments where card_id = ?
        union all select id from checklist_items where card_id = ?
        union all select id from attachments where card_id = ?
        union all select command_id from board_events where card_id = ?
      )
      select l.id from targets t join audit_log l on l.workspace_id = ? and l.target_id = t.id
      union all
      select l.id from board_events e join audit_log l on l.workspace_id = ?
        and l.target_id = e.board_id and l.command_id = e.command_id and l.actor_id = e.actor_id
      where e.card_id = ? and e.type = 'card.created')`,
    bindings: [...Array<string>(5).fill(targetId), workspaceId, workspaceId, targetId],
  }
}
