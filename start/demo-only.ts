import { DEMO_EMAILS, DEMO_PASSWORD } from '#core/kernel/demo.ts'

/** Demo accounts have public passwords: they are for this machine and for trying things out. */
export function refuseProduction(): void {
  if (process.env['NODE_ENV'] !== 'production') return
  console.error('This starts the demo, whose passwords are public: not with NODE_ENV=production.')
  console.error('docs/starting.md says how to run ProjectFlow for real.')
  process.exit(1)
}

/** One line for each demo login. */
export function loginLines(): string[] {
  return DEMO_EMAILS.map((email, index) => {
    const heading = index === 0 ? 'Demo logins' : ''
    return `${heading.padEnd(13)}${email.padEnd(19)} password ${DEMO_PASSWORD}`
  })
}
