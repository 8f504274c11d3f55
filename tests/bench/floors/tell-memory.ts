import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Tells whoever started this process, when asked, what it keeps in memory once rubbish is collected. */
process.on('message', () => {
  collect()
  const { heapUsed, external } = process.memoryUsage()
  process.send?.({ keptBytes: heapUsed + external })
})
