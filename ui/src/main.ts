import { askEarly } from './kanban/early-board.ts'
import { isSignedIn } from './shell/access.ts'
import { chosenTheme, showTheme } from './shell/shown-theme.ts'
import './styles/main.css'

// Kept small: it is read first, and what takes longest is asked for before the rest is read.
showTheme(chosenTheme())
if (isSignedIn()) askEarly(location.pathname)
void import('./app.ts')
