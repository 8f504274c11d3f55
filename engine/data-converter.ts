import type { DataConverter } from '@temporalio/common'
import { fileURLToPath } from 'node:url'
import type { Config } from '#core/platform/config.ts'
import { readKeyring } from '#core/platform/keyring.ts'
import { sealingCodec } from './payload-codec.ts'

/** How values become what Temporal stores: sealed with the master key, or readable by everybody. */
export function dataConverter(config: Pick<Config, 'MASTER_KEY' | 'SEAL_PAYLOADS'>): DataConverter {
  if (!config.SEAL_PAYLOADS) return {}
  return {
    payloadCodecs: [sealingCodec(readKeyring(config.MASTER_KEY))],
    failureConverterPath: fileURLToPath(new URL('failure-converter.ts', import.meta.url)),
  }
}
