/** What a member of a workspace may be, strongest first. */
export const ROLES = ['owner', 'admin', 'member', 'viewer'] as const
export type Role = (typeof ROLES)[number]

/** Which roles hold a permission. API guard, transaction check and UI visibility all derive from it. */
const HOLDERS = {
  'board.read': ['owner', 'admin', 'member', 'viewer'],
  'card.write': ['owner', 'admin', 'member'],
  'comment.write': ['owner', 'admin', 'member'],
  'board.configure': ['owner', 'admin', 'member'],
  'project.configure': ['owner', 'admin'],
  'members.manage': ['owner', 'admin'],
  'audit.read': ['owner', 'admin'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof HOLDERS

export function may(role: Role, permission: Permission): boolean {
  const holders: readonly Role[] = HOLDERS[permission]
  return holders.includes(role)
}
