import { ACTION_ROUTES } from '#core/contracts/action-routes.ts'

/** What the audit of a workspace tells beside actions on boards. */
const MORE = [
  'member.role',
  'member.remove',
  'project.role',
  'role.create',
  'role.edit',
  'role.delete',
  'invitation.create',
  'invitation.accept',
  'invitation.take_back',
  'workspace.rename',
  'flow.create',
  'flow.publish',
  'flow.activate',
  'flow.deactivate',
  'flow.delete',
  'run.cancel',
  'run.again',
  'run.terminate',
  'approval.answer',
  'button.press',
  'secret.keep',
  'secret.remove',
  'egress.allow',
  'egress.shut',
  'egress.request',
  'audit.read',
  'audit.export',
]

/** The names of actions a flow can be started by when the audit notes them. */
export const AUDITED_ACTIONS: readonly string[] = [...Object.keys(ACTION_ROUTES), ...MORE]
