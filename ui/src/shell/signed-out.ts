const CHANNEL = 'projectflow.session'

let channel: BroadcastChannel | undefined
let leave: () => void = () => {}

/** `act` is called when somebody has signed out, in this tab or another one of the browser. */
export function onSignedOut(act: () => void): void {
  leave = act
  channel?.close()
  channel = new BroadcastChannel(CHANNEL)
  channel.addEventListener('message', act)
}

/** The tabs of a browser share one session, so what has ended it here is told to all. */
export function tellSignedOut(): void {
  channel?.postMessage('signed-out')
  leave()
}
