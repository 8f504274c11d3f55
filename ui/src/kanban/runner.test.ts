import { expect, test, vi } from 'vitest'
import { toast } from 'vue-sonner'
import { BoardState } from './board-state.ts'
import type { Intent, Sent } from './command.ts'
import type { Conflict } from './conflict.ts'
import { Runner } from './runner.ts'
import { ModelServer } from './testing/model-server.ts'

const GONE: Sent = { kind: 'refused', error: { code: 'card.archived', message: 'gone' } }

/** What a runner asks a person and sends, when the server answers this to each command in turn. */
function aRunner(...answers: Sent[]) {
  const state = new BoardState(() => [])
  state.take(new ModelServer(2).view())
  const asked: Conflict[] = []
  const sent: Intent[] = []
  const add = async ({ intent }: { intent: Intent }) => {
    sent.push(structuredClone(intent))
    return await Promise.resolve(answers.shift() ?? GONE)
  }
  return { runner: new Runner(state, add, (conflict) => asked.push(conflict)), asked, sent }
}

const edit = (cardId: string, title: string): Intent => {
  return { type: 'card.edit', targetId: cardId, body: { baseVersion: 0, changes: { title } } }
}
function conflict(title: string): Sent {
  const details = { version: 2, fields: { title } }
  return { kind: 'refused', error: { code: 'card.conflict', message: 'conflict', details } }
}

test('every conflict of a gesture is shown, and none is tried again unseen', async () => {
  const { runner, asked, sent } = aRunner(GONE, conflict('Theirs'), conflict('Also theirs'))
  const said = vi.spyOn(toast, 'error')
  await runner.run([edit('todo-0', 'a'), edit('todo-1', 'b'), edit('done-0', 'c')])
  expect(asked.map(({ cardId, theirs }) => [cardId, theirs.title])).toEqual([
    ['todo-1', 'Theirs'],
    ['done-0', 'Also theirs'],
  ])
  await vi.waitFor(() => expect(said).toHaveBeenCalledOnce())
  const { action } = said.mock.calls[0]![1] as { action: { onClick(): void } }
  action.onClick()
  await vi.waitFor(() => expect(sent).toHaveLength(4))
  expect(sent[3]).toEqual(edit('todo-0', 'a'))
})
