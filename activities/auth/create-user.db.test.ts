import { ZodError } from 'zod'
import { expect, test } from 'vitest'
import { useDatabase } from '#tests/support/use-database.ts'
import { createUser } from './create-user.ts'
import { hashPassword } from './password.ts'
import { userByPassword } from './users.ts'

const database = useDatabase()
const create = async (email: string, passwordHash: string | null = null) =>
  await createUser(database('api'), { email, name: 'Ann', passwordHash })

test('an address is one account, however its letters are written', async () => {
  const made = await create('Ann.Oduya@Example.COM')
  expect(made).toEqual({ id: expect.any(String), name: 'Ann', email: 'ann.oduya@example.com' })
  expect(await create('ann.oduya@example.com')).toBeNull()
})

test('of two who ask at once for an address one gets it', async () => {
  const both = await Promise.all([create('twice@example.com'), create('TWICE@example.com')])
  expect(both.filter((user) => user !== null)).toHaveLength(1)
})

test.each([
  ['a letter of another script', '\u0430nn@example.com'],
  ['a wide letter', '\uFF41nn@example.com'],
  ['an i without a dot', 'm\u0131ke@example.com'],
  ['the sign of kelvin', '\u212Aen@example.com'],
  ['a long s', 'mi\u017Fs@example.com'],
  ['a joined pair', '\uFB01nn@example.com'],
  ['what cannot be seen', 'ann\u200B@example.com'],
  ['a domain of look-alikes', 'ann@ex\u0430mple.com'],
  ['two addresses', 'ann@example.com,bob@example.com'],
  ['a line of its own', 'ann@example.com\nbcc: bob@example.com'],
])('no account has an address with %s', async (_, email) => {
  await expect(create(email)).rejects.toThrow(ZodError)
})

test('who has no password signs in with none', async () => {
  await create('elsewhere@example.com')
  await create('here@example.com', await hashPassword('correct horse battery'))
  const signIn = async (email: string, password: string) =>
    await userByPassword(database('api'), email, password)
  expect(await signIn('elsewhere@example.com', 'null')).toBeNull()
  expect(await signIn('here@example.com', 'correct horse battery')).toMatchObject({ name: 'Ann' })
})
