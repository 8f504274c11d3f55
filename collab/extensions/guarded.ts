import type { connectedPayload, Extension } from '@hocuspocus/server'
import type { Log } from '#core/platform/log.ts'

/** The hooks Hocuspocus does not wait for: what one of them throws would end the process. */
const NOT_WAITED_FOR = ['onStateless', 'onAwarenessUpdate', 'onChange', 'onDisconnect'] as const

type Hook = (said: never) => Promise<unknown>

/**
 * The same extension, whose faults end nothing but what it was about to do. Who has closed a document
 * before all hooks were told that it is open is not told to the rest: nothing would end what they begin.
 */
export function guarded(extension: Extension, log: Log): Extension {
  const safe: Record<string, Hook> = {}
  for (const name of NOT_WAITED_FOR) {
    const hook = extension[name]?.bind(extension) as Hook | undefined
    if (!hook) continue
    safe[name] = async (said) => {
      try {
        return await hook(said)
      } catch (error) {
        log.error({ error, hook: name }, 'a hook failed')
        return undefined
      }
    }
  }
  const connected = extension.connected?.bind(extension)
  if (connected) {
    safe['connected'] = async (said: connectedPayload) => {
      const { connection } = said
      if (connection.document.hasConnection(connection)) await connected(said)
    }
  }
  return { ...extension, ...safe }
}
