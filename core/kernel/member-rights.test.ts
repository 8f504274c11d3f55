import { describe, expect, test } from 'vitest'
import { mayGive, mayInvite, mayShape, standingIn, type Standing } from './member-rights.ts'
import {
  completed,
  may,
  PERMISSIONS,
  rightsOf,
  ROLES,
  type Permission,
  type Role,
} from './permissions.ts'

const as = (role: Role): Standing => ({ role, rights: rightsOf(role, null) })
const made = (...permissions: Permission[]): Standing => ({
  role: 'custom',
  rights: rightsOf('custom', completed(permissions)),
})
const STANDINGS = [...ROLES.map(as), ...PERMISSIONS.map((each) => made(each))]

test.each(ROLES)('an owner makes anybody a %s', (role) => {
  expect(STANDINGS.every((theirs) => mayGive(as('owner'), theirs, as(role)))).toBe(true)
  expect(mayInvite(as('owner'), as(role))).toBe(true)
})

test('an admin makes nobody an owner and changes no owner', () => {
  expect(mayGive(as('admin'), as('member'), as('owner'))).toBe(false)
  expect(mayGive(as('admin'), as('owner'), as('member'))).toBe(false)
  expect(mayGive(as('admin'), as('owner'), null)).toBe(false)
  expect(mayGive(as('admin'), as('admin'), as('viewer'))).toBe(true)
})

describe('who manages members without being admin', () => {
  const recruiter = made('members.manage', 'comment.write')

  test('gives and takes away what they hold themselves', () => {
    expect(mayGive(recruiter, as('viewer'), made('comment.write'))).toBe(true)
    expect(mayGive(recruiter, made('comment.write'), null)).toBe(true)
    expect(mayShape(recruiter, rightsOf('custom', ['board.read', 'comment.write']))).toBe(true)
    expect(mayInvite(recruiter, as('viewer'))).toBe(true)
  })

  test('neither gives nor takes away more', () => {
    expect(mayGive(recruiter, as('viewer'), as('member'))).toBe(false)
    expect(mayGive(recruiter, as('member'), as('viewer'))).toBe(false)
    expect(mayGive(recruiter, recruiter, as('admin'))).toBe(false)
    expect(mayShape(recruiter, rightsOf('custom', ['audit.read']))).toBe(false)
    expect(mayInvite(recruiter, as('member'))).toBe(false)
  })

  test('makes nobody an admin, whatever they hold, and changes none', () => {
    const almost = made(...PERMISSIONS)
    expect(mayGive(almost, almost, as('admin'))).toBe(false)
    expect(mayGive(almost, as('admin'), as('viewer'))).toBe(false)
    expect(mayInvite(almost, as('admin'))).toBe(false)
    expect(mayInvite(almost, as('member'))).toBe(true)
  })
})

test.each(STANDINGS.filter(({ rights }) => !rights.has('members.manage')))(
  'who does not manage members ($role) gives nobody anything',
  (own) => {
    expect(STANDINGS.some((theirs) => mayGive(own, theirs, as('viewer')))).toBe(false)
    expect(mayShape(own, rightsOf('viewer', null))).toBe(false)
    expect(STANDINGS.some((theirs) => mayInvite(own, theirs))).toBe(false)
  },
)

test('in a project a member is what is said of them there, and elsewhere what they are', () => {
  const nobody: Standing = { role: 'none', rights: rightsOf('none', null) }
  const projects = new Map([['there', nobody]])
  const member = { ...as('member'), projects }
  expect(may(standingIn(member, 'there').rights, 'board.read')).toBe(false)
  expect(standingIn(member, 'elsewhere').role).toBe('member')
  expect(standingIn(member, null).role).toBe('member')
  expect(standingIn({ ...as('admin'), projects }, 'there').role).toBe('admin')
  expect(standingIn({ ...as('owner'), projects }, 'there').role).toBe('owner')
})
