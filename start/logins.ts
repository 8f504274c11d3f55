import type { Secrets } from './data/secrets.ts'
import type { Environment } from './servers.ts'

/** The addresses the processes log in to Postgres with; migrating makes the logins. */
export function logins(owner: string, secrets: Secrets): Environment {
  return {
    API_DATABASE_URL: as(owner, 'api', secrets.apiPassword),
    ACTIONS_DATABASE_URL: as(owner, 'actions', secrets.actionsPassword),
    WORKER_DATABASE_URL: as(owner, 'worker', secrets.workerPassword),
    COLLAB_DATABASE_URL: as(owner, 'collab', secrets.collabPassword),
  }
}

/** Named after the database: logins belong to a whole server, which may hold several of them. */
function as(owner: string, process: string, password: string): string {
  const url = new URL(owner)
  url.username = `${url.pathname.slice(1)}_${process}`
  url.password = password
  return url.href
}
