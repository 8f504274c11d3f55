import { IncomingMessage } from '@hocuspocus/server'

/** A message about the document of this name, made of numbers and texts. */
export function addressed(name: string, ...parts: readonly (number | string)[]): Uint8Array {
  const message = new IncomingMessage(new Uint8Array())
  for (const part of [name, ...parts]) {
    if (typeof part === 'string') message.writeVarString(part)
    else message.writeVarUint(part)
  }
  return message.toUint8Array()
}
