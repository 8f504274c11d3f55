import { THE_INSTALLATION } from '#activities/audit/queries.ts'
import { isOperator } from '#activities/rbac/queries.ts'
import type { InstallationAction } from '#core/kernel/installation-actions.ts'
import type { Asked } from './command.ts'
import { logDenied, logLine } from './installation-log.ts'
import { refuse } from './refuse.ts'

type Asking = Pick<Asked, 'ctx' | 'parts' | 'userId'>

/** Goes on for who runs the installation, and writes down that they did or were turned away. */
export async function asOperator(
  call: Asking,
  action: InstallationAction,
  after?: object,
): Promise<void> {
  await operatorsOnly(call, action)
  const told = { action, actorId: call.userId, ...THE_INSTALLATION }
  await logLine(call, { ...told, ...(after && { after: { ...after } }) })
}

/** Goes on for who runs the installation, and writes down who was turned away. */
export async function operatorsOnly(call: Asking, action: InstallationAction): Promise<void> {
  if (await isOperator(call.parts.database, call.userId)) return
  const told = { action, actorId: call.userId, ...THE_INSTALLATION }
  await logDenied(call, told, 'permission.denied')
  throw refuse('permission.denied', { permission: 'installation.operate' })
}
