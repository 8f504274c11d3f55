import 'fake-indexeddb/auto'
import { createPinia, setActivePinia } from 'pinia'
import { expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { useOutbox } from '../kanban/outbox.ts'
import { useSyncState } from './sync-state.ts'

test('nothing is said to be saved before it is known what earlier pages have left', async () => {
  setActivePinia(createPinia())
  const sync = useSyncState()
  expect(sync.state).toBe('looking')
  await useOutbox().start(newId())
  expect(sync.state).toBe('saved')
})
