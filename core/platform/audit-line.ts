/** One line of the audit log. `before` and `after` hold the fields the operation changed. */
export interface AuditLine {
  readonly id: string
  readonly workspaceId: string
  readonly actorId: string
  readonly action: string
  readonly decision: 'allowed' | 'denied' | 'refused'
  readonly reason: string | null
  readonly targetKind: string
  readonly targetId: string
  readonly before: Readonly<Record<string, unknown>> | null
  readonly after: Readonly<Record<string, unknown>> | null
  readonly commandId: string | null
  readonly workflowId: string | null
  readonly requestId: string
  readonly ip: string
}
