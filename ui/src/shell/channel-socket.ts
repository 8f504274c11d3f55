import { HocuspocusProvider } from '@hocuspocus/provider'
import type { PersonMessage, WorkspaceMessage } from '#core/contracts/channels.ts'
import type { FlowPresence } from '#core/contracts/flows/presence.ts'
import type { JobFollow, JobMessage } from '#core/contracts/jobs.ts'
import type { Id } from '#core/kernel/ids.ts'
import type { TabSocket } from './tab-socket.ts'

interface Ports<Message> {
  hear(message: Message): void
  /** The connection is there, for the first time or again. */
  connected?(): void
}

/** What a person is told, on the live connection of the tab. Answers how to close it. */
export function openPersonChannel(tab: TabSocket, userId: Id, ports: Ports<PersonMessage>) {
  const provider = openChannel(tab, `user:${userId}`, ports)
  // Nothing else may be said on the connection, and who falls silent is cut off.
  provider.setAwarenessField('here', true)
  return () => provider.destroy()
}

/** What the members of a workspace are told, likewise. */
export function openWorkspaceChannel(
  tab: TabSocket,
  workspaceId: Id,
  ports: Ports<WorkspaceMessage>,
) {
  const provider = openChannel(tab, `workspace:${workspaceId}`, ports, null)
  return () => provider.destroy()
}

export interface FlowChannel {
  /** Says what this viewer has chosen, and which draft they know. */
  show(state: Omit<FlowPresence, 'user'>): void
  close(): void
}

/** Who else looks at a flow, as each of their windows says it. */
export function openFlowChannel(
  tab: TabSocket,
  flowId: Id,
  present: (others: readonly FlowPresence[]) => void,
): FlowChannel {
  const provider = openChannel(tab, `flow:${flowId}`, { hear: () => {} })
  provider.on('awarenessChange', () => {
    const states = [...(provider.awareness?.getStates() ?? [])]
    const others = states.filter(([clientId]) => clientId !== provider.document.clientID)
    // The server says who each state is; half a state has no name yet.
    present(others.flatMap(([, state]) => ('user' in state ? [state as FlowPresence] : [])))
  })
  return {
    show: (state) => provider.awareness?.setLocalState(state),
    close: () => provider.destroy(),
  }
}

/** Says when something happens in a run of a flow, also what did while the connection was away. */
export function openJobChannel(tab: TabSocket, runId: Id, happened: () => void): () => void {
  let after: string | null = null
  const provider: HocuspocusProvider = openChannel<JobMessage>(
    tab,
    `job:${runId}`,
    {
      connected: () =>
        provider.sendStateless(JSON.stringify({ kind: 'follow', after } satisfies JobFollow)),
      hear({ events }) {
        after = events.at(-1)!.id
        happened()
      },
    },
    null,
  )
  return () => provider.destroy()
}

function openChannel<Message>(
  tab: TabSocket,
  name: string,
  { hear, connected }: Ports<Message>,
  awareness?: null,
): HocuspocusProvider {
  const provider = new HocuspocusProvider({
    name,
    websocketProvider: tab.websocket,
    token: tab.token,
    ...(awareness === null && { awareness }),
    onAuthenticated: () => tab.letIn(),
    onAuthenticationFailed: ({ reason }) => reason !== 'not-found' && tab.keptOut(reason),
    onSynced: () => connected?.(),
    onStateless: ({ payload }) => hear(JSON.parse(payload) as Message),
  })
  provider.attach()
  return provider
}
