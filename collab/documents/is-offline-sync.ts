import { IncomingMessage, MessageType } from '@hocuspocus/server'
import { messageYjsSyncStep2 } from 'y-protocols/sync'

/** Whether a message brings all that somebody wrote while away, and not one change. */
export function isOfflineSync(bytes: Uint8Array): boolean {
  try {
    const message = new IncomingMessage(bytes)
    message.readVarString()
    const type: number = message.readVarUint()
    const isSync = type === MessageType.Sync || type === MessageType.SyncReply
    return isSync && message.readVarUint() === messageYjsSyncStep2
  } catch {
    return false
  }
}
