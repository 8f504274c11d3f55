import { zstdDecompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { trace, TRACE_NAMES } from '#tests/support/traces.ts'
import { pack } from './pack.ts'

const STEPS = 1_500

test.each(TRACE_NAMES)('%s is packed to a third and reads the same', (name) => {
  const updates = trace(name, STEPS)
  const { snapshot, bytes } = pack({ snapshot: null, updates })
  const sent = updates.reduce((sum, each) => sum + each.length, 0)
  expect(snapshot.length / sent).toBeLessThan(1 / 3)
  const doc = new Y.Doc()
  const unpacked = zstdDecompressSync(snapshot)
  expect(unpacked).toHaveLength(bytes)
  Y.applyUpdateV2(doc, unpacked)
  const again = new Y.Doc()
  for (const update of updates) Y.applyUpdate(again, update)
  expect(Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(again))).toBe(true)
})

test('a hole in what is stored is kept as it is, until what fills it comes', () => {
  const [first, second, third] = trace('typing at the end', 3) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ]
  const packed = pack({ snapshot: null, updates: [first, third] })
  const snapshot = zstdDecompressSync(packed.snapshot)
  const whole = pack({ snapshot, updates: [second] })
  const all = pack({ snapshot: null, updates: [first, second, third] })
  expect(Buffer.from(whole.snapshot)).toEqual(Buffer.from(all.snapshot))
})

test('what cannot be read is not packed', () => {
  expect(() => pack({ snapshot: null, updates: [new Uint8Array([1, 2, 3])] })).toThrow(
    'cannot be read',
  )
})
