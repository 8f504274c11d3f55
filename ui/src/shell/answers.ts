import { MessageType } from '@hocuspocus/provider'

/** Of Yjs' protocol: all the server lacks, and one change. */
const [ALL, CHANGE] = [1, 2]

/**
 * Whether the server has stored all of a text, told from what went over one socket after the other.
 * The provider counts too, but begins at one with each socket: it takes the answer to a change for
 * the answer to all that was written while away, and a refusal for none.
 */
export class Answers {
  readonly #head: Uint8Array
  /** What was sent and not answered; answers come in its order. */
  readonly #asked: number[] = []
  /** Whether what was answered is all of the text up to then. */
  #isWhole = false

  /** `address` names the text in each message. */
  constructor(address: string) {
    const bytes = new TextEncoder().encode(address)
    this.#head = Uint8Array.of(bytes.length, ...bytes)
  }

  get areAllSaved(): boolean {
    return this.#isWhole && this.#asked.length === 0
  }

  opened(): void {
    this.#asked.length = 0
    this.#isWhole = false
  }

  sent(message: Uint8Array): void {
    const [type, step] = this.#read(message)
    if (type === MessageType.Sync && (step === ALL || step === CHANGE)) this.#asked.push(step)
  }

  /** Whether it was an answer. */
  heard(message: Uint8Array): boolean {
    const [type, isStored] = this.#read(message)
    if (type !== MessageType.SyncStatus) return false
    const asked = this.#asked.shift()
    if (asked === ALL) this.#isWhole = isStored === 1
    else if (isStored !== 1) this.#isWhole = false
    return true
  }

  /** The first two numbers of a message about the text, which are all below 128. */
  #read(message: Uint8Array): readonly (number | undefined)[] {
    const isOurs = this.#head.every((byte, index) => message[index] === byte)
    return isOurs ? [...message.subarray(this.#head.length, this.#head.length + 2)] : []
  }
}
