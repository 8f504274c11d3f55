import type { WorkflowUrl } from '#activities/kanban/queries.ts'
import type { Config } from '#core/platform/config.ts'
import { TEMPORAL_PATH } from './paths.ts'

/** Where browsers find the Temporal Web UI: with us, when we show it. */
export function uiUrl(config: Config): string {
  const { TEMPORAL_UI_ADDRESS, TEMPORAL_UI_URL, PUBLIC_URL } = config
  if (TEMPORAL_UI_ADDRESS === undefined) return TEMPORAL_UI_URL.replace(/\/$/, '')
  return PUBLIC_URL.replace(/\/$/, '') + TEMPORAL_PATH
}

/** Where the Temporal Web UI shows a workflow. */
export function workflowUrl(config: Config): WorkflowUrl {
  const urlOf = workflowsUrl(config)
  return (workflowId, runId) => `${urlOf(workflowId)}/${runId}/history`
}

/** The same, of the newest run under an id. */
export function workflowsUrl(config: Config): (workflowId: string) => string {
  const namespace = encodeURIComponent(config.TEMPORAL_NAMESPACE)
  const base = `${uiUrl(config)}/namespaces/${namespace}/workflows`
  return (workflowId) => `${base}/${encodeURIComponent(workflowId)}`
}
