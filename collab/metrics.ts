import { Counter, Gauge, Histogram } from 'prom-client'

export const connections = new Gauge({
  name: 'collab_connections_active',
  help: 'Open sockets of viewers.',
})
export const subscriptions = new Gauge({
  name: 'collab_subs_active',
  help: 'Boards, texts and channels that viewers have open, each counted once for each viewer.',
})
export const boards = new Gauge({
  name: 'collab_boards',
  help: 'Boards somebody looks at.',
})
export const backpressureDrops = new Counter({
  name: 'collab_backpressure_drops_total',
  help: 'Sockets cut off because their viewer read too slowly.',
})
export const rateLimitedSockets = new Counter({
  name: 'collab_rate_limited_sockets_total',
  help: 'Sockets closed because they sent too many messages, or asked for too much.',
})
export const lateSockets = new Counter({
  name: 'collab_late_sockets_total',
  help: 'Sockets closed because nobody had said in time who they are.',
})
export const publishLatencyMs = new Histogram({
  name: 'collab_publish_latency_ms',
  help: 'Milliseconds from what happened on a board until its viewers here were told.',
  buckets: [5, 10, 20, 50, 100, 200, 500, 1_000, 5_000],
})
export const redisRttMs = new Histogram({
  name: 'collab_redis_rtt_ms',
  help: 'Milliseconds Redis took to answer.',
  buckets: [1, 2, 5, 10, 20, 50, 100, 500, 2_000],
})
export const evictedSockets = new Counter({
  name: 'collab_evicted_sockets_total',
  help: 'Sockets closed because their person was live in too many browsers or tabs.',
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
