import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Login, Me, Session, SignedIn } from '#core/contracts/auth.ts'
import type { Id } from '#core/kernel/ids.ts'
import type { Standing } from '#core/kernel/member-rights.ts'
import { may, NO_RIGHTS, type Permission, type Rights } from '#core/kernel/permissions.ts'
import { readOrKept } from '../offline/kept-reads.ts'
import { isSignedIn, keepSignedIn, owner, setAccess } from './access.ts'
import { takeEarly } from './early.ts'
import { exchange, type Question } from './exchange.ts'
import { forgetPerson } from './forget-person.ts'
import { get } from './http.ts'
import { chooseLocale } from './i18n/i18n.ts'
import { keep, kept } from './kept.ts'
import { tellSignedOut } from './signed-out.ts'
import { liveIn } from './time-zone.ts'

const WORKSPACE = 'workspace'

/** Who is signed in, and the workspace they are in. */
export const useSession = defineStore('session', () => {
  const me = shallowRef<Me>()
  const signedIn = ref(isSignedIn())
  const chosenId = ref(kept(WORKSPACE))

  let loading: Promise<Me> | undefined

  const workspaces = computed(() => me.value?.workspaces ?? [])
  const workspace = computed(
    () => workspaces.value.find(({ id }) => id === chosenId.value) ?? workspaces.value[0],
  )

  /** What the person may do here, or in a project; the server decides again. */
  function can(permission: Permission, projectId?: Id): boolean {
    return may(rightsIn(workspace.value?.id, projectId), permission)
  }

  /** All they may do in a workspace of theirs, or in one of its projects. */
  function rightsIn(workspaceId: Id | undefined, projectId?: Id): Rights {
    const home = workspaces.value.find(({ id }) => id === workspaceId)
    const there = home?.projects.find((each) => each.projectId === projectId)
    const permissions = (there ?? home)?.permissions
    return permissions ? new Set(permissions) : NO_RIGHTS
  }

  /** What they are here or in a project, as those whose roles they may change compare with. */
  function standingIn(projectId?: Id): Standing {
    const role = workspace.value?.role ?? 'viewer'
    return { role, rights: rightsIn(workspace.value?.id, projectId) }
  }
  const standing = computed(() => standingIn())

  function enter(workspaceId: Id): void {
    chosenId.value = workspaceId
    keep(WORKSPACE, workspaceId)
  }

  /** Whoever asks first reads; the others wait for the same answer. */
  async function load(): Promise<void> {
    loading ??= read().finally(() => {
      loading = undefined
    })
    await know(await loading)
  }

  async function know(read: Me): Promise<void> {
    me.value = read
    liveIn(read.timeZone)
    await speak(read.language)
  }

  /** The language they chose, on whatever device; it may not be had now, and is no reason to wait. */
  async function speak(language: Me['language']): Promise<void> {
    if (language) await chooseLocale(language).catch(() => {})
  }

  async function read(): Promise<Me> {
    const ask = async () => (await takeEarly<Me>('/me')) ?? (await get<Me>('/me'))
    return await readOrKept('/me', ask, (now) => void know(now))
  }

  /** Answers the challenge when a code is asked for too; else what `begin` does. */
  async function signIn(login: Login): Promise<boolean | { challenge: string }> {
    return await firstStep({ method: 'POST', path: '/auth/login', body: login })
  }

  /** As whom the browser has come back from elsewhere, maybe with the token of an invitation. */
  async function signInElsewhere(
    invitation: string | null,
  ): Promise<boolean | { challenge: string }> {
    const body = invitation === null ? {} : { invitation }
    return await firstStep({ method: 'POST', path: '/auth/oidc/enter', body })
  }

  async function firstStep(question: Question): Promise<boolean | { challenge: string }> {
    const answer = await exchange<SignedIn>(question)
    return 'challenge' in answer ? { challenge: answer.challenge } : begin(answer)
  }

  /** The second step: the challenge of the first, and a code. */
  async function signInWithCode(
    challenge: string,
    code: string,
    remember: boolean,
  ): Promise<boolean> {
    const question = {
      method: 'POST',
      path: '/auth/second-step',
      body: { challenge, code, remember },
    } as const
    return begin(await exchange<Session>(question))
  }

  /** Makes the account of a link, and begins. */
  async function signUp(body: { token: string; name: string; password: string }): Promise<boolean> {
    return begin(await exchange<Session>({ method: 'POST', path: '/auth/sign-up/finish', body }))
  }

  /** Makes the account an invitation is for, in its workspace, and begins. */
  async function signUpInvited(body: {
    token: string
    name: string
    password: string
  }): Promise<boolean> {
    const path = '/auth/invitation/sign-up'
    return begin(await exchange<Session>({ method: 'POST', path, body }))
  }

  /** Answers whether it is the same person as before, whose page goes on; it is no one else's. */
  function begin(session: Session): boolean {
    const before = owner()
    if (before !== undefined && before !== session.user.id) {
      // What this page has kept for the server must not go out in their name.
      keepSignedIn(session)
      return false
    }
    setAccess(session)
    signedIn.value = true
    return true
  }

  async function signOut(): Promise<void> {
    await exchange({ method: 'POST', path: '/auth/logout' })
    tellSignedOut()
  }

  /** The session is over, whoever ended it. Who it was is remembered until somebody signs in. */
  function end(): void {
    setAccess(undefined)
    signedIn.value = false
  }

  /** They have left: somebody else may sit here next. */
  function forget(): void {
    end()
    forgetPerson()
  }

  return {
    me,
    signedIn,
    workspaces,
    workspace,
    can,
    rightsIn,
    standing,
    standingIn,
    enter,
    load,
    signIn,
    signInElsewhere,
    signInWithCode,
    signUp,
    signUpInvited,
    signOut,
    end,
    forget,
  }
})
