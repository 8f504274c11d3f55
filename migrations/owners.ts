/**
 * Which folder of activities/ writes which tables; everyone else reads through its queries.ts.
 * The tests of the house and of tenancy hold the code and the schema to it.
 */
export const owners = {
  auth: [
    'users',
    'sessions',
    'api_tokens',
    'user_totp',
    'recovery_codes',
    'password_resets',
    'user_identities',
    'sign_ups',
    'email_changes',
  ],
  rbac: ['workspaces', 'workspace_members', 'roles', 'project_roles', 'invitations', 'operators'],
  projects: ['projects', 'boards', 'columns', 'labels', 'board_counters'],
  kanban: ['cards', 'card_assignees', 'card_labels', 'comments', 'checklist_items', 'attachments'],
  files: ['files'],
  texts: ['crdt_docs', 'crdt_updates', 'crdt_history'],
  actions: ['outcomes', 'board_events', 'outbox'],
  audit: [
    'audit_log',
    'audit_seals',
    'audit_leaves',
    'audit_checkpoints',
    'audit_archived_lines',
    'audit_archives',
    'process_settings',
  ],
  automation: [
    'flows',
    'flow_versions',
    'flow_comments',
    'flow_runs',
    'flow_steps',
    'flow_approvals',
    'flow_requests',
    'flow_secrets',
    'egress_hosts',
    'webhook_deliveries',
  ],
  notifications: ['notifications', 'notification_settings'],
  search: ['search_entries'],
  keys: ['sealing_keys'],
} as const satisfies Record<string, readonly string[]>
