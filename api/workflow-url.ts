import type { WorkflowUrl } from '#activities/kanban/queries.ts'
import type { Config } from '#core/platform/config.ts'

/** Where the Temporal Web UI shows a workflow. */
export function workflowUrl(config: Config): WorkflowUrl {
  const { TEMPORAL_UI_URL: ui, TEMPORAL_NAMESPACE: namespace } = config
  const base = `${ui.replace(/\/$/, '')}/namespaces/${encodeURIComponent(namespace)}/workflows`
  return (workflowId, runId) => `${base}/${encodeURIComponent(workflowId)}/${runId}/history`
}
