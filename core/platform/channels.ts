/** Channel on which committed board events are told: `{boardId, epoch, events}` as JSON. */
export const boardEventsChannel = (prefix: string): string => `${prefix}:board-events`

/** Channel that wakes the relay: there is something in the outbox. */
export const outboxChannel = (prefix: string): string => `${prefix}:outbox`

/** Channel on which processes of collab tell each other what was stored and who is where. */
export const documentsChannel = (prefix: string): string => `${prefix}:documents`
