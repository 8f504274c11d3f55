import type { Route } from '../route.ts'
import { actions } from './actions.ts'
import { apiTokens } from './api-tokens.ts'
import { audit } from './audit.ts'
import { auth } from './auth.ts'
import { endSessions } from './end-sessions.ts'
import { files } from './files.ts'
import { buttons } from './buttons.ts'
import { email } from './email.ts'
import { flows } from './flows.ts'
import { flowComments } from './flow-comments.ts'
import { flowSecrets } from './flow-secrets.ts'
import { flowTrying } from './flow-trying.ts'
import { flowVersions } from './flow-versions.ts'
import { histories } from './histories.ts'
import { hooks } from './hooks.ts'
import { hookSecrets } from './hook-secrets.ts'
import { installationLog } from './installation-log.ts'
import { invitations } from './invitations.ts'
import { jobs } from './jobs.ts'
import { joining } from './joining.ts'
import { kanban } from './kanban.ts'
import { manyRuns } from './many-runs.ts'
import { members } from './members.ts'
import { notificationSettings } from './notification-settings.ts'
import { notifications } from './notifications.ts'
import { oidc } from './oidc.ts'
import { outside } from './outside.ts'
import { password } from './password.ts'
import { profile } from './profile.ts'
import { projectRoles } from './project-roles.ts'
import { projects } from './projects.ts'
import { queues } from './queues.ts'
import { roles } from './roles.ts'
import { runs } from './runs.ts'
import { search } from './search.ts'
import { secondStep } from './second-step.ts'
import { sessions } from './sessions.ts'
import { signUp } from './sign-up.ts'
import { streams } from './streams.ts'
import { workspaces } from './workspaces.ts'

/** Every route of the JSON API: what the router serves and /openapi.json describes. */
export const routes: readonly Route[] = [
  ...auth,
  ...secondStep,
  ...oidc,
  ...signUp,
  ...password,
  ...email,
  ...profile,
  ...sessions,
  ...apiTokens,
  ...workspaces,
  ...members,
  ...invitations,
  ...joining,
  ...roles,
  ...projects,
  ...projectRoles,
  ...kanban,
  ...actions,
  ...flows,
  ...flowVersions,
  ...flowTrying,
  ...flowComments,
  ...runs,
  ...manyRuns,
  ...flowSecrets,
  ...outside,
  ...hookSecrets,
  ...hooks,
  ...buttons,
  ...files,
  ...notifications,
  ...notificationSettings,
  ...search,
  ...jobs,
  ...streams,
  ...queues,
  ...audit,
  ...histories,
  ...installationLog,
  ...endSessions,
]
