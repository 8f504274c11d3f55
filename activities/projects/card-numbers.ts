import { Refusal } from '#core/kernel/refusal.ts'
import type { Work } from '#core/platform/handler.ts'

/**
 * Takes the project's next `count` card numbers; answers the first of them. They belong to the
 * projects module although cards use them: the counter is a column of the project's row.
 */
export async function takeCardNumbers(
  work: Work,
  projectId: string,
  count: number,
): Promise<number> {
  const { rows } = await work.trx.raw<{ rows: { last_card_number: number }[] }>(
    `update projects set last_card_number = last_card_number + ?
     where id = ? and workspace_id = ? returning last_card_number`,
    [count, projectId, work.workspaceId],
  )
  const [row] = rows
  if (!row) throw new Refusal('project.not_found', 'There is no such project.')
  return row.last_card_number - count + 1
}

/** Takes the project's next card number. */
export const nextCardNumber = async (work: Work, projectId: string): Promise<number> =>
  await takeCardNumbers(work, projectId, 1)
