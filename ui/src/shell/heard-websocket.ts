import { HocuspocusProviderWebsocket } from '@hocuspocus/provider'

/**
 * A connection that says nothing while nobody hears it. Kept for the next socket, as the provider does,
 * it would be heard by a server that never heard what it goes on from: each document says all anew in
 * its handshake.
 */
export class HeardWebsocket extends HocuspocusProviderWebsocket {
  override send(message: Uint8Array): void {
    if (this.webSocket?.readyState === WebSocket.OPEN) super.send(message)
  }
}
