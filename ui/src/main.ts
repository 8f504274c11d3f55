import { askEarly } from './kanban/early-board.ts'
import { isSignedIn } from './shell/access.ts'
import { chosenDensity, showDensity } from './shell/shown-density.ts'
import { chosenTheme, showTheme } from './shell/shown-theme.ts'
import './styles/main.css'

// Kept small: it is read first, and what takes longest is asked for before the rest is read.
showTheme(chosenTheme())
showDensity(chosenDensity())
if (isSignedIn()) askEarly(location.pathname)
void import('./app.ts')
