/** Once the pointer is up: what moves on the page meanwhile would take the click from under it. */
const GESTURES = ['pointerup', 'keydown']

/** Tells of each click and key of the person in this page, until the answer is called. */
export function onGesture(act: () => void): () => void {
  for (const gesture of GESTURES) window.addEventListener(gesture, act, true)
  return () => {
    for (const gesture of GESTURES) window.removeEventListener(gesture, act, true)
  }
}
