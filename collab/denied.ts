/** Told to the client as the reason; Hocuspocus logs errors with a message, and this is no fault. */
export class Denied extends Error {
  readonly reason: string

  constructor(reason: string) {
    super()
    this.reason = reason
  }
}
