/** Channel on which committed board events are told: `{boardId, epoch, events}` as JSON. */
export const boardEventsChannel = (prefix: string): string => `${prefix}:board-events`

/** Channel on which an API process that stops says its front: collab sends away who came through it. */
export const frontsChannel = (prefix: string): string => `${prefix}:fronts`

/** Says to collab which API process a socket comes through: an id it has for as long as it runs. */
export const FRONT_HEADER = 'x-projectflow-front'

/** Channel that wakes the relay: there is something in the outbox. */
export const outboxChannel = (prefix: string): string => `${prefix}:outbox`

/** Channel on which processes of collab tell each other what was stored and who is where. */
export const documentsChannel = (prefix: string): string => `${prefix}:documents`

/** Channel on which it is told that projects or boards of a workspace changed: its id. */
export const listsChannel = (prefix: string): string => `${prefix}:lists`

/** Channel that wakes who tells people of their inboxes: something came into one. */
export const inboxChannel = (prefix: string): string => `${prefix}:inbox`

/** Channel on which it is told that something happened in a job: its id. */
export const jobsChannel = (prefix: string): string => `${prefix}:jobs`
