import { type HocuspocusProviderWebsocket, WebSocketStatus } from '@hocuspocus/provider'
import { newId } from '#core/kernel/ids.ts'
import { backoffMs } from './backoff.ts'
import { HeardWebsocket } from './heard-websocket.ts'
import { onGesture } from './on-gesture.ts'
import { keep, kept } from './kept.ts'

const RECONNECT_MIN_MS = 300
/** Each tab waits another while after its socket broke, so that not all of a server's come back at once. */
const RECONNECT_SPREAD_MS = 2_000
const RECONNECT_MAX_MS = 15_000
/** While a server restarts, whose tabs would otherwise be the later the longer it takes. */
const RESTART_PAUSE_MAX_MS = 5_000
/** The provider's own pause starts anew with each socket that opens, so who is kept out waits here. */
const KEPT_OUT_MIN_MS = 1_000
/** A tab nobody looks at gives its connection back; it resumes when it is looked at again. */
const HIDDEN_LIMIT_MS = 60_000
/** A token that could not be renewed is asked for again. */
const RENEW_AGAIN_MS = 10_000
/** A server that stops is back, or another one there, after so long. */
const RESTART_LIMIT_MS = 30_000
/** The server's words for «I restart», «this token is over» and «you are live in other browsers». */
const RESTARTS = 1012
const TOKEN_OVER = 4401
const ELSEWHERE = 4409

/** After so many tries without a word from the server no socket comes through; the way was open once, or never. */
const BLOCKED_AFTER = { openBefore: 8, never: 3 }

const BROWSER = 'browser'

export interface TabSocketPorts {
  /** The access token; `isOver` asks for a new one, because the server refused the last. */
  token(isOver: boolean): Promise<string>
  /** In how long the token wants renewing, and renews it then. */
  renewInMs(): number
  renew(): Promise<void>
  /** The server let go of this tab for others of the person, and it waits for a gesture; or not any more. */
  elsewhere(is: boolean): void
  /** No socket comes through, again and again; or one has. */
  blocked(is: boolean): void
}

/** The one live connection of a tab; whatever is open in the tab is told of on it. */
export interface TabSocket {
  readonly websocket: HocuspocusProviderWebsocket
  token(): Promise<string>
  /** Something that is opened on the connection was let in. */
  letIn(): void
  /** It was not, for a reason that may be over in a moment. */
  keptOut(reason: string): void
  /** The server will close the connection within so long, to stop; that it is away then is nothing to tell. */
  drains(withinMs: number): void
  /** Connects anew, for what was refused on this connection cannot be asked for on it again. */
  again(): void
  close(): void
}

/** It comes back by itself, at growing and spread distances, and not while the page is hidden. */
export function openTabSocket(ports: TabSocketPorts): TabSocket {
  let isOver = false
  let isElsewhere = false
  /** How often in a row nobody let us in, or no token was to be had. */
  let keptOut = 0
  /** How often in a row a socket has closed before a word from the server came. */
  let unheard = 0
  let wasOpen = false
  /** Until then the server is expected to be away. */
  let restartsUntilMs = 0
  const websocket = new HeardWebsocket({
    url: `${location.origin.replace(/^http/, 'ws')}/collab?browser=${browserId()}`,
    // The provider connects not at all with a fraction.
    delay: Math.round(RECONNECT_MIN_MS + Math.random() * RECONNECT_SPREAD_MS),
    minDelay: RECONNECT_MIN_MS,
    maxDelay: RECONNECT_MAX_MS,
    // Not when it opens: there are proxies that let nothing through after that.
    onConnect: () => {
      wasOpen = true
      unheard = -1
      websocket.configuration.maxDelay = RECONNECT_MAX_MS
      ports.blocked(false)
    },
    onClose: ({ event }) => {
      if (event.code === RESTARTS) restartsUntilMs = Date.now() + RESTART_LIMIT_MS
      const restarts = Date.now() <= restartsUntilMs
      if (!restarts) unheard += 1
      if (unheard >= BLOCKED_AFTER[wasOpen ? 'openBefore' : 'never']) ports.blocked(true)
      isOver ||= event.code === TOKEN_OVER
      if (event.code === ELSEWHERE) setElsewhere(true)
      // Without a network it waits for the network, not for a while.
      if (isElsewhere || navigator.onLine === false) websocket.disconnect()
      else pace(restarts)
    },
  })
  const mayConnect = () => !document.hidden && !isElsewhere
  const way = wayBack(websocket, mayConnect)

  /** A try that is under way keeps its pace: the one for a restart ends with the time that may take. */
  function pace(restarts: boolean): void {
    const { configuration } = websocket
    const isTooQuick = !restarts && configuration.maxDelay !== RECONNECT_MAX_MS
    configuration.maxDelay = restarts ? RESTART_PAUSE_MAX_MS : RECONNECT_MAX_MS
    if (!isTooQuick) return
    websocket.disconnect()
    way.later(backoffMs(0, RECONNECT_MAX_MS, RECONNECT_MAX_MS))
  }

  function setElsewhere(is: boolean): void {
    isElsewhere = is
    ports.elsewhere(is)
  }
  const stopGestures = onGesture(() => {
    if (!isElsewhere) return
    setElsewhere(false)
    way.later(0)
  })
  const stopWatching = followPage(websocket, way)
  const renewal = renewTokens(websocket, ports)

  return {
    websocket,
    token: async () => await ports.token(isOver),
    letIn() {
      isOver = false
      keptOut = 0
      way.found()
      renewal.begin()
    },
    keptOut(reason) {
      websocket.disconnect()
      isOver ||= reason === 'token'
      way.later(backoffMs(keptOut, KEPT_OUT_MIN_MS, RECONNECT_MAX_MS))
      keptOut += 1
    },
    drains(withinMs) {
      restartsUntilMs = Date.now() + withinMs + RESTART_LIMIT_MS
    },
    again() {
      websocket.disconnect()
      way.later(RECONNECT_MIN_MS)
    },
    close() {
      stopGestures()
      stopWatching()
      renewal.end()
      way.found()
      websocket.destroy()
    },
  }
}

/** What the server tells the browsers of a person apart by; tabs of one are one. */
function browserId(): string {
  const id = kept(BROWSER) ?? newId()
  keep(BROWSER, id)
  return id
}

interface WayBack {
  later(waitMs: number): void
  /** We are in, or want to be no more. */
  found(): void
}

/** Connects again after a pause what was disconnected. */
function wayBack(websocket: HocuspocusProviderWebsocket, mayConnect: () => boolean): WayBack {
  let timer: ReturnType<typeof setTimeout> | undefined
  const later = (waitMs: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      // A tab nobody looks at comes back when it is looked at.
      if (!mayConnect()) return
      // The provider ignores who asks while the socket of before is still closing.
      if (websocket.status === WebSocketStatus.Connected) later(KEPT_OUT_MIN_MS)
      else void websocket.connect()
    }, waitMs)
  }
  return { later, found: () => clearTimeout(timer) }
}

/** Says a fresh token on the connection before the one that was said last is over. */
function renewTokens(
  websocket: HocuspocusProviderWebsocket,
  { renew, renewInMs }: Pick<TabSocketPorts, 'renew' | 'renewInMs'>,
): { begin(): void; end(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  const after = (waitMs: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => void say(), waitMs)
  }
  async function say(): Promise<void> {
    // Whatever is opened on the next connection begins anew.
    if (websocket.status !== WebSocketStatus.Connected) return
    try {
      await renew()
      for (const provider of websocket.configuration.providerMap.values()) void provider.sendToken()
      after(renewInMs())
    } catch {
      // Once the old one is over the server closes the connection.
      after(RENEW_AGAIN_MS)
    }
  }
  return { begin: () => after(renewInMs()), end: () => clearTimeout(timer) }
}

/** Sleeps while the page is hidden, and does not sit out a pause once the network is back. */
function followPage(websocket: HocuspocusProviderWebsocket, way: WayBack): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const change = () => {
    clearTimeout(timer)
    if (document.hidden) timer = setTimeout(() => websocket.disconnect(), HIDDEN_LIMIT_MS)
    else if (!websocket.shouldConnect) way.later(0)
  }
  const online = () => way.later(backoffMs(0, RECONNECT_MIN_MS, RECONNECT_MIN_MS))
  document.addEventListener('visibilitychange', change)
  window.addEventListener('online', online)
  return () => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', change)
    window.removeEventListener('online', online)
  }
}
