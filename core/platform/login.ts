import type { Config } from './config.ts'

type Login =
  | 'API_DATABASE_URL'
  | 'ACTIONS_DATABASE_URL'
  | 'WORKER_DATABASE_URL'
  | 'COLLAB_DATABASE_URL'

/** The address a process logs in to Postgres with; each is told only its own. */
export function loginUrl(config: Config, name: Login): string {
  const url = config[name]
  if (!url) throw new Error(`${name} is missing: what this process logs in to Postgres with.`)
  return url
}
