import { Counter, Gauge, Histogram } from 'prom-client'

export const sockets = new Gauge({
  name: 'collab_sockets',
  help: 'Open sockets of viewers.',
})
export const boards = new Gauge({
  name: 'collab_boards',
  help: 'Boards somebody looks at.',
})
export const slowSockets = new Counter({
  name: 'collab_slow_sockets_total',
  help: 'Sockets cut off because their viewer read too slowly.',
})
export const rateLimitedSockets = new Counter({
  name: 'collab_rate_limited_sockets_total',
  help: 'Sockets closed because they sent too many messages.',
})
export const texts = new Gauge({
  name: 'collab_texts',
  help: 'Texts of cards somebody has open.',
})
export const walAppendMs = new Histogram({
  name: 'collab_wal_append_ms',
  help: 'Milliseconds a statement with changes of texts took to commit.',
  buckets: [1, 2, 5, 10, 20, 50, 100, 250, 1_000, 3_000],
})
export const unreadableUpdates = new Counter({
  name: 'collab_unreadable_updates_total',
  help: 'Stored changes of texts that could not be read.',
})
