import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import type { TargetKind } from '#core/contracts/action.ts'
import {
  ACTION_TYPES,
  contractOf,
  type ActionBody,
  type ActionType,
} from '#core/contracts/actions.ts'
import { useActions } from '#tests/support/actions.ts'
import { aRowInEachTable } from '#tests/support/a-row-in-each-table.ts'
import type { SomeWorkspace } from '#tests/support/fixtures.ts'
import { sampleOf } from '#tests/support/sample.ts'

// Ids of another workspace in every field of every action that takes one: made from the contracts.
const { database, together, command } = useActions()

const TABLE_OF_TARGET: Readonly<Record<TargetKind, string>> = {
  workspace: 'workspaces',
  project: 'projects',
  board: 'boards',
  column: 'columns',
  label: 'labels',
  card: 'cards',
  comment: 'comments',
  'checklist-item': 'checklist_items',
  attachment: 'attachments',
  flow: 'flows',
  run: 'flow_runs',
  outcome: 'command_outcomes',
}
const TABLE_OF_FIELD: Readonly<Record<string, string>> = {
  cardId: 'cards',
  columnId: 'columns',
  userId: 'users',
  labelId: 'labels',
  commentId: 'comments',
  itemId: 'checklist_items',
  fileId: 'files',
}
const WATCHED = [
  'projects',
  'boards',
  'columns',
  'labels',
  'cards',
  'comments',
  'checklist_items',
  'files',
  'attachments',
]

let mine: SomeWorkspace
let theirs: SomeWorkspace

beforeAll(async () => {
  mine = await aRowInEachTable(database())
  theirs = await aRowInEachTable(database())
})

/** The fields of an action's body that name a thing. */
function fieldsOf(type: ActionType): string[] {
  const { body } = contractOf(type)
  return body instanceof z.ZodObject
    ? Object.keys(body.shape).filter((key) => key in TABLE_OF_FIELD)
    : []
}
const ASKED = ACTION_TYPES.flatMap((type) => fieldsOf(type).map((field) => [type, field] as const))

async function idIn(table: string, { workspaceId, ownerId }: SomeWorkspace): Promise<string> {
  if (table === 'users') return ownerId
  const row = await database()(table).where({ workspace_id: workspaceId }).first('id')
  return row.id
}

const kept = async ({ workspaceId }: SomeWorkspace) =>
  await Promise.all(
    WATCHED.map((table) => database()(table).where({ workspace_id: workspaceId }).orderBy('id')),
  )

test('there are actions that take ids', () => {
  expect(ASKED.length).toBeGreaterThan(8)
})

test.each(ASKED)(
  'ASVS line 31: %s does nothing with a %s of another workspace',
  async (type, field) => {
    const { body, target } = contractOf(type)
    const targetId = await idIn(TABLE_OF_TARGET[target], mine)
    const foreign = await idIn(TABLE_OF_FIELD[field]!, theirs)
    const own = Object.fromEntries(
      await Promise.all(
        fieldsOf(type)
          .filter((each) => each in (sampleOf(body) as object))
          .map(async (each) => [each, await idIn(TABLE_OF_FIELD[each]!, mine)]),
      ),
    )
    const asked = {
      ...(sampleOf(body) as object),
      ...own,
      [field]: foreign,
    } as ActionBody<ActionType>
    const before = [await kept(mine), await kept(theirs)]

    const [outcome] = await together([await command(mine.ownerId, type, targetId, asked)])

    expect(outcome).not.toMatchObject({ code: 'internal' })
    // What is on no card of ours cannot be taken off one either: that is done already.
    if (!/\.un/.test(type)) expect(outcome).toMatchObject({ status: 'refused' })
    expect([await kept(mine), await kept(theirs)]).toEqual(before)
  },
)
