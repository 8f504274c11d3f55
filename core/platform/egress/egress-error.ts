/** What will be refused however often it is asked. */
const FINAL = new Set([
  'egress.url_invalid',
  'egress.header_invalid',
  'egress.host_not_allowed',
  'egress.address_shut',
  'egress.redirects',
  'egress.too_large',
  'egress.encoded',
])

/** Why nothing came back from outside; the message says what to do and holds no secret. */
export class EgressError extends Error {
  readonly code: string
  readonly host: string

  constructor(code: string, host: string, message: string) {
    super(message)
    this.name = 'EgressError'
    this.code = code
    this.host = host
  }

  /** Whether another try may end otherwise. */
  get isPassing(): boolean {
    return !FINAL.has(this.code)
  }

  /** Whether somebody tried to reach what they may not. */
  get isDenial(): boolean {
    return this.code === 'egress.host_not_allowed' || this.code === 'egress.address_shut'
  }
}
