/** Whether the keyboard most likely has a ⌘ key. */
export const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent)
