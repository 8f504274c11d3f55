import { askEarly } from './kanban/early-board.ts'
import { isSignedIn } from './shell/access.ts'
import { chosenTheme, showTheme } from './shell/shown-theme.ts'
import './styles/main.css'

/** Starting the app keeps the page too busy to hear an answer, so it lets the first one come. */
const ANSWER_WAIT_MS = 50

// Kept small: it is read first, and what takes longest is asked for before the rest is read.
showTheme(chosenTheme())
void start()

async function start(): Promise<void> {
  if (isSignedIn()) {
    const late = new Promise((resolve) => setTimeout(resolve, ANSWER_WAIT_MS))
    await Promise.race([askEarly(location.pathname), late])
  }
  await import('./app.ts')
}
