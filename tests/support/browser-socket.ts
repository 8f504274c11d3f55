import { WebSocket } from 'ws'

/** Closed before it was open, a browser's socket tells nobody; one of `ws` would end the process. */
export class BrowserSocket extends WebSocket {
  constructor(url: string, headers: Readonly<Record<string, string>> = {}) {
    super(url, { headers })
    this.on('error', () => {})
  }
}
