import { Counter, Gauge } from 'prom-client'

export const sealedLines = new Counter({
  name: 'audit_sealed_lines_total',
  help: 'Lines of the audit that were sealed.',
})
export const heldBackSeconds = new Gauge({
  name: 'audit_held_back_seconds',
  help: 'For how long the oldest line has waited that an open transaction keeps from being sealed.',
})
