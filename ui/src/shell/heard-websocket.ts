import { HocuspocusProviderWebsocket } from '@hocuspocus/provider'

/**
 * A connection that says nothing while nobody hears it. Kept for the next socket, as the provider does,
 * it would be heard by a server that never heard what it goes on from: each document says all anew in
 * its handshake. What is said is told to those who listen for `sent`.
 */
export class HeardWebsocket extends HocuspocusProviderWebsocket {
  override send(message: Uint8Array): void {
    if (this.webSocket?.readyState !== WebSocket.OPEN) return
    super.send(message)
    this.emit('sent', message)
  }

  /**
   * Of a socket that was closed before anything was heard on it the provider tries twice to come
   * back; the second would take the place of what the first has opened, and tell nobody of that.
   */
  override async createWebSocketConnection(): Promise<unknown> {
    if (this.webSocket?.readyState === WebSocket.OPEN) return undefined
    return await super.createWebSocketConnection()
  }
}
