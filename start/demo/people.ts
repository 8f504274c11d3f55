import { hash } from '@node-rs/argon2'
import { DEMO_PASSWORD, demoEmail } from '#core/kernel/demo.ts'
import { newId } from '#core/kernel/ids.ts'
import type { Role } from '#core/kernel/permissions.ts'

export interface Person {
  readonly id: string
  readonly role: Role
  readonly email: string
  readonly name: string
  readonly hue: number
}

const person = (role: Role, name: string, hue: number): Person => ({
  id: newId(),
  role,
  email: demoEmail(role),
  name,
  hue,
})

/** The team of the demo, one for each role. */
export const ann = person('owner', 'Ann Oduya', 150)
export const jon = person('admin', 'Jon Mack', 40)
export const mia = person('member', 'Mia Ferreira', 300)
export const ravi = person('viewer', 'Ravi Nair', 220)
export const everybody: readonly Person[] = [ann, jon, mia, ravi]

/** Their rows in `users`, able to sign in. */
export async function userRows() {
  return await Promise.all(
    everybody.map(async ({ id, email, name, hue }) => ({
      id,
      email,
      name,
      hue,
      password_hash: await hash(DEMO_PASSWORD),
    })),
  )
}
