import type { Messages } from '../en/messages.ts'
import { account } from './account.ts'
import { audit } from './audit.ts'
import { auth } from './auth.ts'
import { board } from './board.ts'
import { colours } from './colours.ts'
import { conflict } from './conflict.ts'
import { connections } from './connections.ts'
import { designer } from './designer.ts'
import { elsewhere } from './elsewhere.ts'
import { errors } from './errors.ts'
import { flows } from './flows.ts'
import { history } from './history.ts'
import { inbox } from './inbox.ts'
import { invitations } from './invitations.ts'
import { members } from './members.ts'
import { people } from './people.ts'
import { panel } from './panel.ts'
import { profile } from './profile.ts'
import { projects } from './projects.ts'
import { putAway } from './put-away.ts'
import { roles } from './roles.ts'
import { runs } from './runs.ts'
import { said } from './said.ts'
import { search } from './search.ts'
import { shell } from './shell.ts'
import { shortcuts } from './shortcuts.ts'
import { signUp } from './sign-up.ts'
import { text } from './text.ts'
import { twoSteps } from './two-steps.ts'
import { unsaved } from './unsaved.ts'
import { workspaces } from './workspaces.ts'

export const de: Messages = {
  account,
  audit,
  auth,
  board,
  colours,
  conflict,
  connections,
  designer,
  elsewhere,
  errors,
  flows,
  history,
  inbox,
  invitations,
  members,
  people,
  panel,
  profile,
  projects,
  putAway,
  roles,
  runs,
  said,
  search,
  shell,
  shortcuts,
  signUp,
  text,
  twoSteps,
  unsaved,
  workspaces,
}
