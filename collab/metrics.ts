import { Counter, Gauge } from 'prom-client'

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
