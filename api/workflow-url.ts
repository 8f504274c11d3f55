import type { WorkflowUrl } from '#activities/kanban/queries.ts'
import type { Config } from '#core/platform/config.ts'

/** Where the Temporal Web UI shows a workflow. */
export function workflowUrl(config: Config): WorkflowUrl {
  const urlOf = workflowsUrl(config)
  return (workflowId, runId) => `${urlOf(workflowId)}/${runId}/history`
}

/** The same, of the newest run under an id. */
export function workflowsUrl(config: Config): (workflowId: string) => string {
  const { TEMPORAL_UI_URL: ui, TEMPORAL_NAMESPACE: namespace } = config
  const base = `${ui.replace(/\/$/, '')}/namespaces/${encodeURIComponent(namespace)}/workflows`
  return (workflowId) => `${base}/${encodeURIComponent(workflowId)}`
}
