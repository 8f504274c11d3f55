import { expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { newInvitationToken, workspaceOfToken } from './invitation-token.ts'

test('a token leads to its workspace, and none is like another', () => {
  const id = newId()
  const tokens = Array.from({ length: 100 }, () => newInvitationToken(id))
  expect(new Set(tokens).size).toBe(100)
  expect(new Set(tokens.map(workspaceOfToken))).toEqual(new Set([id]))
})

test.each(['', 'short', 'A'.repeat(42), 'A'.repeat(44), '\u0410'.repeat(43), `${'A'.repeat(42)}=`])(
  '%j is no token',
  (text) => {
    expect(workspaceOfToken(text)).toBeNull()
  },
)
