/** One line of the audit log. `before` and `after` hold the fields the operation changed. */
export interface AuditLine {
  readonly id: string
  /** Null for a line of the installation itself. */
  readonly workspaceId: string | null
  /** Null where nobody has shown who they are, in lines of the installation alone. */
  readonly actorId: string | null
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
