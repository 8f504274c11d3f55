import { OPEN, READY } from '../src/automation/code/to-editor.ts'

/**
 * Asks the page around this one for a channel. Only a page of the product is asked and heard: in its
 * sandbox this one is of no origin, but its address is.
 */
export function openChannel(): Promise<MessagePort> {
  return new Promise((resolve) => {
    addEventListener('message', function open({ source, origin, data, ports: [port] }) {
      if (source !== parent || origin !== location.origin || data !== OPEN || !port) return
      removeEventListener('message', open)
      resolve(port)
    })
    parent.postMessage(READY, location.origin)
  })
}
