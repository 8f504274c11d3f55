/**
 * What attributes of spans are called: those without our name in front as OpenTelemetry's semantic
 * conventions 1.44 have them, https://opentelemetry.io/docs/specs/semconv/.
 */
export const ATTRIBUTE = {
  method: 'http.request.method',
  route: 'http.route',
  status: 'http.response.status_code',
  errorType: 'error.type',
  userId: 'user.id',
  messagingSystem: 'messaging.system',
  destination: 'messaging.destination.name',
  messageId: 'messaging.message.id',
  operation: 'messaging.operation.type',
  requestId: 'projectflow.request_id',
  requestIds: 'projectflow.request_ids',
  workspaceId: 'projectflow.workspace_id',
  workflowId: 'projectflow.workflow_id',
  attempt: 'projectflow.attempt',
  actions: 'projectflow.actions',
  commands: 'projectflow.commands',
  job: 'projectflow.job',
} as const

/** As `projectflow.project_id` for `projectId`, a name in the path of a route. */
export const attributeOfParam = (name: string) =>
  `projectflow.${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`
