import { within } from '#core/kernel/within.ts'
import { isSignedIn } from './shell/access.ts'
import { askEarly } from './shell/early.ts'
import { chosenDensity, showDensity } from './shell/shown-density.ts'
import { chosenTheme, showTheme } from './shell/shown-theme.ts'
import './styles/main.css'

/** Starting the app keeps the page too busy to hear an answer, so it lets the first one come. */
const ANSWER_WAIT_MS = 50

// Kept small: it is read first, and what takes longest is asked for before the rest is read.
showTheme(chosenTheme())
showDensity(chosenDensity())
void start()

async function start(): Promise<void> {
  if (isSignedIn()) await within(askEarly(location.pathname), ANSWER_WAIT_MS).catch(() => {})
  await import('./app.ts')
}
