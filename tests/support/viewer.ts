import { BoardMessage, type BoardEvent, type Presence } from '#core/contracts/events.ts'
import { aBrowserEnd, type BrowserEnd } from './browser-end.ts'

/** A browser's end of a board. */
export interface TestViewer extends BrowserEnd<BoardMessage> {
  events(): BoardEvent[]
  offsets(): number[]
  present(): Presence[]
  resume(epoch: string, offset: number): void
}

/** Opens a board as a member with `token`; says where it left off when `resumeAt` is given. */
export function aViewer(
  port: number,
  boardId: string,
  token: string,
  resumeAt?: { epoch: string; offset: number },
): TestViewer {
  const end = aBrowserEnd(port, {
    name: `board:${boardId}`,
    token,
    read: BoardMessage,
    onAuthenticated: () => resumeAt && resume(resumeAt.epoch, resumeAt.offset),
  })
  const resume = (epoch: string, offset: number) =>
    end.provider.sendStateless(JSON.stringify({ kind: 'resume', epoch, offset }))
  const events = () =>
    end.messages.flatMap((message) => (message.kind === 'events' ? message.events : []))
  return {
    ...end,
    events,
    offsets: () => events().map((event) => event.offset),
    present: () => [...end.provider.awareness!.getStates().values()] as Presence[],
    resume,
  }
}
