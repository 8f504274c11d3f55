const CHANNEL = 'projectflow.session'

let channel: BroadcastChannel | undefined
let leave: () => Promise<void> = async () => {}

/** `act` is called when somebody has signed out, in this tab or another one of the browser. */
export function onSignedOut(act: () => Promise<void>): void {
  leave = act
  channel?.close()
  channel = new BroadcastChannel(CHANNEL)
  channel.addEventListener('message', () => void act())
}

/** The tabs of a browser share one session, so what has ended it here is told to all. */
export function tellSignedOut(): void {
  channel?.postMessage('signed-out')
  void leave()
}
