import type { AuditLine } from '#core/platform/audit-line.ts'
import { lineOf, type FlowAsked } from './change-flow.ts'

/** Who asks, for which project. */
export type ProjectAsked = Omit<FlowAsked, 'flowId'> & { readonly projectId: string }

/** The line of what somebody did with what flows of a project have in common. */
export const projectLine = (
  { projectId, ...asked }: ProjectAsked,
  action: string,
  before: AuditLine['before'],
  after: AuditLine['after'],
): AuditLine => ({
  ...lineOf({ ...asked, flowId: projectId }, action, before, after),
  targetKind: 'project',
})
