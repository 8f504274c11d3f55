/** The roles the product brings, strongest first. */
export const ROLES = ['owner', 'admin', 'member', 'viewer'] as const
export type Role = (typeof ROLES)[number]

/** What a member may be: one of these roles, or one their workspace has made. */
export const MEMBER_ROLES = [...ROLES, 'custom'] as const
export type MemberRole = (typeof MEMBER_ROLES)[number]

/** What somebody can be in one project, where that is not what they are in its workspace. */
export const PROJECT_ROLES = ['admin', 'member', 'viewer', 'none'] as const
export type ProjectRole = (typeof PROJECT_ROLES)[number] | 'custom'

/** What somebody can be anywhere; a flow's bot is nothing but what the projects that name it say. */
export type AnyRole = MemberRole | ProjectRole | 'bot'

/**
 * Every permission, with the roles that hold it. API guard, transaction check, sockets and what the
 * UI shows all derive from this table; a role that a workspace makes is a set of its lines.
 */
const HOLDERS = {
  'board.read': ['owner', 'admin', 'member', 'viewer'],
  'card.write': ['owner', 'admin', 'member'],
  'card.write.own': ['owner', 'admin', 'member'],
  'comment.write': ['owner', 'admin', 'member'],
  'board.configure': ['owner', 'admin', 'member'],
  'project.configure': ['owner', 'admin'],
  'members.manage': ['owner', 'admin'],
  'workspace.manage': ['owner'],
  'audit.read': ['owner', 'admin'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof HOLDERS
export const PERMISSIONS = Object.keys(HOLDERS) as Permission[]

/** What a role may hold that a workspace makes; the rest stays with owners. */
export const GIVABLE: Permission[] = PERMISSIONS.filter((each) => each !== 'workspace.manage')

/** What goes with a permission: whoever may do the one may do the other. */
const IMPLIED: Partial<Record<Permission, readonly Permission[]>> = {
  'card.write': ['card.write.own'],
}

/** What everybody in a workspace holds: who is not to see a project is kept from that project. */
const EVERYBODY: Permission = 'board.read'

/** What somebody may do, somewhere. */
export type Rights = ReadonlySet<Permission>

export const NO_RIGHTS: Rights = new Set()

const heldBy = (role: Role): Rights =>
  new Set(PERMISSIONS.filter((each) => (HOLDERS[each] as readonly Role[]).includes(role)))

const RIGHTS_OF: Readonly<Record<Role, Rights>> = {
  owner: heldBy('owner'),
  admin: heldBy('admin'),
  member: heldBy('member'),
  viewer: heldBy('viewer'),
}

/** The rights of a role; `made` is what a custom one holds. */
export function rightsOf(role: AnyRole, made: readonly string[] | null): Rights {
  if (role === 'none' || role === 'bot') return NO_RIGHTS
  return role === 'custom' ? new Set(made as readonly Permission[] | null) : RIGHTS_OF[role]
}

/** The whole of what a custom role gives that is said to give `chosen`, in the table's order. */
export function completed(chosen: readonly Permission[]): Permission[] {
  const all = new Set([EVERYBODY, ...chosen, ...chosen.flatMap((each) => IMPLIED[each] ?? [])])
  return PERMISSIONS.filter((permission) => all.has(permission))
}

/** What is worth saying of permissions: those that go with another are in it. */
export function withoutImplied(permissions: readonly Permission[]): Permission[] {
  const implied = new Set(permissions.flatMap((each) => IMPLIED[each] ?? []))
  return permissions.filter((each) => !implied.has(each))
}

/** What somebody can have to do with a card, or with a file on it. */
export const TIES = ['creator', 'assignee', 'uploader'] as const
export type Tie = (typeof TIES)[number]

/** What something asks of whoever does it. */
export interface Rule {
  readonly permission: Permission
  /** Whose the card must be for `card.write.own` to be enough: a new one is its maker's. */
  readonly own?: readonly Tie[] | 'new'
}

/** What is done to cards asks: whoever made a card or is on it works on it, who made it puts it away. */
export const CARD_RULES = {
  make: { permission: 'card.write', own: 'new' },
  work: { permission: 'card.write', own: ['creator', 'assignee'] },
  putAway: { permission: 'card.write', own: ['creator'] },
  /** Who may work on a card attaches files, and takes off those they have attached. */
  removeFile: { permission: 'card.write', own: ['uploader'] },
} as const satisfies Record<string, Rule>

export function may(rights: Rights, permission: Permission): boolean {
  return rights.has(permission)
}

/** Whether a rule allows somebody what they want to do, with the ties they have to the card. */
export function allows(rights: Rights, rule: Rule, ties: readonly Tie[]): boolean {
  if (may(rights, rule.permission)) return true
  if (rule.own === undefined || !may(rights, 'card.write.own')) return false
  return rule.own === 'new' || rule.own.some((tie) => ties.includes(tie))
}

/** Whether the ties decide: asked before they are looked up. */
export function needsTies(rights: Rights, rule: Rule): boolean {
  return allows(rights, rule, TIES) && !allows(rights, rule, [])
}
