import type { Payload, PayloadCodec } from '@temporalio/common'
import proto from '@temporalio/proto'
import { open, seal } from '#core/platform/envelope.ts'
import type { Keyring } from '#core/platform/keyring.ts'

const ENCODING = Buffer.from('binary/encrypted')
/** The Web UI has no more than a payload to go by, so no payload knows its workflow. */
const CONTEXT = 'temporal/payload'

const { Payload: Message } = proto.temporal.api.common.v1

/**
 * Seals each payload whole, so that Temporal's database shows neither what it holds nor its type.
 * What was written before sealing was switched on is read as it is.
 */
export function sealingCodec(keyring: Keyring): PayloadCodec {
  return {
    encode: async (payloads) =>
      payloads.map((payload) => ({
        metadata: { encoding: ENCODING },
        data: seal(keyring, Message.encode(payload).finish(), CONTEXT),
      })),
    decode: async (payloads) =>
      payloads.map((payload) =>
        isSealed(payload) ? Message.decode(open(keyring, payload.data!, CONTEXT)) : payload,
      ),
  }
}

function isSealed({ metadata, data }: Payload): boolean {
  return Boolean(data) && ENCODING.equals(metadata?.['encoding'] ?? Buffer.alloc(0))
}
