import { WebSocket } from 'ws'

/** Closed before it was open, a browser's socket tells nobody; one of `ws` would end the process. */
export class BrowserSocket extends WebSocket {
  constructor(url: string) {
    super(url)
    this.on('error', () => {})
  }
}
