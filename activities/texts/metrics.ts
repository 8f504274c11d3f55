import { Counter } from 'prom-client'

export const packedTexts = new Counter({
  name: 'texts_packed_total',
  help: 'Texts whose changes were packed into a snapshot.',
})
export const unkeptTexts = new Counter({
  name: 'texts_unkept_total',
  help: 'Times a text could not be packed or told; its changes stay where they are.',
})
