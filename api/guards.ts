import type { TargetKind } from '#core/contracts/action.ts'
import { resolveTarget } from '#activities/actions/queries.ts'
import { NOT_FOUND } from '#core/contracts/action.ts'
import type { Asked } from './command.ts'
import { refuse } from './refuse.ts'

/** Lets members of its workspace see a thing: strangers are told what they would be were it nowhere. */
export async function visible(
  { parts, userId }: Pick<Asked, 'parts' | 'userId'>,
  kind: TargetKind,
  id: string,
): Promise<void> {
  const target = await resolveTarget(parts.database, kind, id, userId)
  if (!target) throw refuse(NOT_FOUND[kind])
}
