import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { contractOf } from '#core/contracts/actions.ts'
import { standingIn } from '#core/kernel/member-rights.ts'
import {
  allows,
  completed,
  GIVABLE,
  may,
  PROJECT_ROLES,
  ROLES,
  rightsOf,
  TIES,
  type ProjectRole,
  type Rights,
  type Rule,
  type Tie,
} from '#core/kernel/permissions.ts'
import { anApi, type Answer } from '#tests/support/api.ts'
import { aFile } from '#tests/support/files/a-file.ts'
import { aRowInEachTable } from '#tests/support/a-row-in-each-table.ts'
import {
  aCard,
  aMember,
  aMemberWith,
  aProject,
  aWorkspace,
  type SomeBoard,
} from '#tests/support/fixtures.ts'
import { aFlow as aDefinition, say as aComment } from '#tests/support/flows/a-flow.ts'
import { newId } from '#core/kernel/ids.ts'
import { startAutomation } from '#engine/start-automation.ts'
import { sampleOf } from '#tests/support/sample.ts'
import type { Route } from './route.ts'
import { routes } from './routes/index.ts'

// Every route about a thing of a workspace, asked by everybody there is: made from the routes and
// the table of permissions, so that a route, a role or a permission that is added is in it.
const nameOf = ({ method, path }: Route) => `${method} ${path}`
const ABOUT_A_THING = routes.filter(
  ({ path, access }) =>
    // Who sends to a hook is known by its signature.
    access !== 'anyone' && /:(?!jobId|sessionId|tokenId|identityId|deletedId)/.test(path),
)
const AT_ONCE = 300
const NO_ANSWER_IS_AWAITED = { prefer: 'respond-async' }

/** No worker runs here, so the engine fills up; whoever hears that was let in. */
const LET_IN = [200, 201, 202, 204, 304, 503]

/** What is said to whoever was let in, of the flow or of its bot. */
const WHAT_IT_IS = ['flow.invalid', 'flow.bot_beyond_rights', 'flow.audit_not_readable']

/** Where the id of each name in an address is found. */
const TABLE_OF: Readonly<Record<string, string>> = {
  workspaceId: 'workspaces',
  projectId: 'projects',
  boardId: 'boards',
  columnId: 'columns',
  labelId: 'labels',
  cardId: 'cards',
  commentId: 'comments',
  itemId: 'checklist_items',
  attachmentId: 'attachments',
  textVersionId: 'crdt_history',
  runId: 'flow_runs',
}

/** Somebody who asks, and what they are to be told. */
interface Asker {
  readonly rights: Rights
  /** What they have to do with the card they ask about. */
  readonly ties: readonly Tie[]
  /** What they are in the project, where that is said, and may do there for it. */
  readonly inProject?: { readonly role: ProjectRole; readonly rights: Rights }
}

const made = (...permissions: (typeof GIVABLE)[number][]) =>
  rightsOf('custom', completed(permissions))

/** Each role there is, one of each single permission, and who has to do with the card. */
const MEMBERS: Readonly<Record<string, Asker>> = {
  ...Object.fromEntries(
    ROLES.map((role) => [role, { rights: rightsOf(role, null), ties: [] as Tie[] }]),
  ),
  ...Object.fromEntries(
    GIVABLE.map((each) => [`with ${each}`, { rights: made(each), ties: [] as Tie[] }]),
  ),
  ...Object.fromEntries(
    TIES.map((tie) => [
      `with card.write.own, ${tie}`,
      { rights: made('card.write.own'), ties: [tie] },
    ]),
  ),
}

/** Each role in a workspace with each that can be given in a project. */
const IN_PROJECT: Readonly<Record<string, Asker>> = Object.fromEntries(
  ROLES.flatMap((role) =>
    PROJECT_ROLES.map((there) => {
      const own = { role, rights: rightsOf(role, null) }
      const given = { role: there, rights: rightsOf(there, null) }
      const projects = new Map([['the project', given]])
      const { rights } = standingIn({ ...own, projects }, 'the project')
      return [
        `${role}, ${there} in the project`,
        { rights: own.rights, ties: [], inProject: { role: there, rights } },
      ]
    }),
  ),
)
const ASKERS = { ...MEMBERS, ...IN_PROJECT }

let api: Awaited<ReturnType<typeof anApi>>
let workspace: SomeBoard
let ownProjects = 0
const ids: Record<string, string> = {}
const askers: Record<string, { as?: string; ids: Record<string, string> }> = {}
/** Many are asked at once: nothing is done, and an action waits a while to hear that. */
const answers = new Map<string, Answer>()

beforeAll(async () => {
  api = await anApi()
  workspace = (await aRowInEachTable(api.database)) as SomeBoard
  for (const [name, table] of Object.entries(TABLE_OF)) {
    ids[name] = (await api.database(table).first('id')).id
  }
  await putBytes(ids['attachmentId']!)
  await aRunThatWaits()
  askers['nobody'] = { ids }
  askers['stranger'] = { as: (await aWorkspace(api.database)).ownerId, ids }
  for (const [name, { rights, ties, inProject }] of Object.entries(ASKERS)) {
    const role = ROLES.find((each) => each === name.split(',')[0])
    const as = role
      ? await aMember(api.database, workspace, role)
      : await aMemberWith(api.database, workspace, [...rights])
    if (inProject) await say(workspace.projectId, as, inProject.role)
    askers[name] = { as, ids: { ...ids, ...(await ownThings(as, ties)) } }
  }
  const isOfRoles = ({ path }: Route) => path.includes('/roles')
  const asked = questions(ABOUT_A_THING.filter((route) => !isOfRoles(route)))
  for (let from = 0; from < asked.length; from += AT_ONCE) {
    await Promise.all(asked.slice(from, from + AT_ONCE).map((ask) => ask()))
  }
  // One after the other, and what each makes is taken away: a workspace has room for so many roles.
  const held = await api.database('roles').pluck('id')
  for (const ask of questions(ABOUT_A_THING.filter(isOfRoles))) {
    await ask()
    await api.database('roles').whereNotIn('id', held).delete()
  }
  return api.stop
}, 240_000)

/** What is told in server-sent events. */
const eventsIn = (text: string): unknown[] =>
  Array.from(text.matchAll(/^data: (.*)$/gm), ([, data]) => JSON.parse(data!))

/** Each of these routes, asked by each asker. */
const questions = (asked: readonly Route[]) =>
  asked.flatMap((route) =>
    Object.keys(askers).map((asker) => async () => {
      answers.set(`${nameOf(route)} ${asker}`, await ask(route, asker))
    }),
  )

/** A card, with an item of its checklist or a file, that somebody has these ties to; nothing without any. */
async function ownThings(userId: string, ties: readonly Tie[]): Promise<Record<string, string>> {
  if (ties.length === 0) return {}
  const { database } = api
  const row = ties.includes('creator') ? { created_by: userId } : {}
  const cardId = await aCard(database, workspace, { row })
  const home = { workspace_id: workspace.workspaceId, card_id: cardId }
  if (ties.includes('assignee'))
    await database('card_assignees').insert({ ...home, user_id: userId })
  const itemId = newId()
  await database('checklist_items').insert({ ...home, id: itemId, body: 'Ask', rank: 'm' })
  const textVersionId = newId()
  await database('crdt_docs').insert({ ...home, begun: true })
  const [{ snapshot }] = await database('crdt_history').select('snapshot').limit(1)
  await database('crdt_history').insert({ ...home, id: textVersionId, seq: 1, snapshot })
  if (!ties.includes('uploader')) return { cardId, itemId, textVersionId }
  const attachmentId = await aFile(database, { ...workspace, ownerId: userId }, { bytes: 4 })
  await database('attachments').insert({ ...home, id: attachmentId, added_by: userId })
  await putBytes(attachmentId)
  return { cardId, itemId, textVersionId, attachmentId }
}

async function say(projectId: string, userId: string, role: ProjectRole): Promise<void> {
  const home = { workspace_id: workspace.workspaceId, project_id: projectId }
  await api.database('project_roles').insert({ ...home, user_id: userId, role })
}

/** One of an asker's own, for what is said of everybody in it. */
async function ownProject(asker: string): Promise<string> {
  ownProjects += 1
  const projectId = await aProject(api.database, workspace, { key: `P${ownProjects}` })
  const [userId, there] = [askers[asker]!.as, ASKERS[asker]?.inProject]
  if (userId && there) await say(projectId, userId, there.role)
  // Nobody with a role the workspace made shuts everybody out before they are named themselves.
  else if (userId) {
    await api.database.raw(
      `insert into project_roles (workspace_id, project_id, user_id, role, role_id)
       select workspace_id, ?, user_id, role, role_id from workspace_members
       where workspace_id = ? and user_id = ? and role = 'custom'`,
      [projectId, workspace.workspaceId, userId],
    )
  }
  return projectId
}

async function aRole(): Promise<string> {
  const id = newId()
  const role = { id, workspace_id: workspace.workspaceId, name: `Role ${id}` }
  await api.database('roles').insert({ ...role, permissions: completed([]) })
  return id
}

/** One of the asker's own, called so: what somebody deletes is there for nobody else. */
async function ownWorkspace(as: string | undefined, name: string): Promise<string> {
  const { workspaceId } = await aWorkspace(api.database, name)
  const member = { workspace_id: workspaceId, user_id: as, role: 'owner' }
  await api.database('workspace_members').insert(member)
  return workspaceId
}

/** One whose letter was asked for so long ago that another may be. */
async function anInvitation(): Promise<string> {
  const id = newId()
  await api.database('invitations').insert({
    id,
    workspace_id: workspace.workspaceId,
    email: `${id}@example.com`,
    role: 'viewer',
    invited_by: workspace.ownerId,
    expires_at: new Date(Date.now() + 60_000),
    asked_at: new Date(0),
  })
  return id
}

/** One of the asker's own, published as often as the sample of a version says. */
async function aFlow(trigger?: string, draft?: object): Promise<string> {
  const { database } = api
  const { workspaceId: workspace_id, projectId: project_id, ownerId } = workspace
  const [id, at] = [newId(), 3]
  const drawn = aDefinition([aComment('a')])
  const content = trigger ? { ...drawn, trigger: { type: trigger, with: { label: 'Go' } } } : drawn
  const [home, by] = [
    { workspace_id, project_id },
    { created_by: ownerId, actor_id: ownerId },
  ]
  const version = {
    draft: draft ?? content,
    draft_version: at,
    published: at,
    name: 'Triage',
    ...by,
  }
  await database('flows').insert({ id, ...home, ...version, active: trigger !== undefined })
  const made = { definition: content, hash: Buffer.from(id), published_by: ownerId, message: 'So' }
  await database('flow_versions').insert({ ...home, ...made, flow_id: id, version: at })
  return id
}

/** What starts a flow by hand, where it is pressed, or by a message. */
const buttonIn = (path: string) => {
  if (path.endsWith('/hook-secret')) return 'webhook'
  const [, on] = /^\/(card|board)s\/.*\/buttons\//.exec(path) ?? []
  return on && `button.${on}`
}

/** One of a flow of the asker's own that has ended, to be begun again. */
async function aRunThatIsOver(): Promise<string> {
  const [id, flow_id] = [newId(), await aFlow()]
  const { workspaceId: workspace_id, projectId: project_id } = workspace
  const home = { workspace_id, project_id, flow_id, version: 3 }
  const trigger = { type: 'called', at: new Date().toISOString(), actorId: null }
  const over = { status: 'done', ended_at: new Date(), input: { trigger, chain: [] } }
  await api.database('flow_runs').insert({ id, ...home, cause: id, ...over })
  return id
}

/** A secret of the project, for one asker to take away. */
async function aSecret(): Promise<string> {
  const [id, { workspaceId: workspace_id, projectId: project_id }] = [newId(), workspace]
  const secret = {
    id,
    name: `S${id.replaceAll('-', '').toUpperCase()}`,
    value: Buffer.from('sealed'),
    created_by: workspace.ownerId,
  }
  await api.database('flow_secrets').insert({ workspace_id, project_id, ...secret })
  return id
}

/** Of the asker's own, on a flow of their own. */
async function aFlowComment(flow_id: string, author_id: string | undefined): Promise<string> {
  const id = newId()
  const { workspaceId: workspace_id, projectId: project_id, ownerId } = workspace
  const said = { flow_id, author_id: author_id ?? ownerId, body: 'Why?' }
  await api.database('flow_comments').insert({ id, workspace_id, project_id, ...said })
  return id
}

/** A webhook nobody took, for one asker to send again. */
async function aDeadLetter(): Promise<string> {
  const { id: _, ...row } = await api.database('webhook_deliveries').first()
  const id = newId()
  await api.database('webhook_deliveries').insert({ ...row, id, body: '{}', status: 'dead' })
  return id
}

/** The workflow of the run there is a row of; nobody works on it, so it answers nothing in time. */
async function aRunThatWaits(): Promise<void> {
  const {
    flow_id: flowId,
    cause,
    workspace_id: workspaceId,
  } = await api.database('flow_runs').first()
  const trigger = { type: 'called', at: new Date().toISOString(), actorId: null }
  const asked = { runId: ids['runId']!, flowId, cause, workspaceId, actorId: workspace.ownerId }
  const start = { ...asked, trigger, chain: [], version: 1, hash: '' }
  const { COMMAND_KEY: commandKey, PUBLIC_URL: publicUrl } = api.parts.config
  const place = { taskQueue: newId(), commandKey, publicUrl }
  await startAutomation(api.client, place, start, 'Triage')
}

/** What a row of `files` says is kept. */
async function putBytes(id: string) {
  const { store } = api.parts.files
  const path = join(store.incoming, id)
  await writeFile(path, 'text')
  await store.put(id, path, { mediaType: 'text/plain', bytes: 4 })
}

async function ask({ method, path, query, body, takesFile }: Route, asker: string) {
  const sample = takesFile ? { name: 'a.txt' } : query && sampleOf(query)
  const asked = new URLSearchParams((sample ?? {}) as Record<string, string>)
  const content = body && sampleOf(body)
  const { as, ids: own } = askers[asker]!
  // One that is half drawn is not tried, so nobody waits for the engine.
  const flowId = path.includes(':flowId')
    ? await aFlow(buttonIn(path), path.endsWith('/try') ? {} : undefined)
    : ''
  // One of each asker's own: somebody who is taken out is there for nobody else.
  const mine = {
    userId: path.includes('/members/:userId')
      ? await aMember(api.database, workspace, 'viewer')
      : workspace.ownerId,
    roleId: path.includes(':roleId') ? await aRole() : '',
    ...(asker.split(',')[0] === 'owner' &&
      path.endsWith('/workspaces/:workspaceId/delete') && {
        workspaceId: await ownWorkspace(as, (content as { name: string }).name),
      }),
    secretId: path.includes(':secretId') ? await aSecret() : '',
    deliveryId: path.includes(':deliveryId') ? await aDeadLetter() : '',
    flowId,
    flowCommentId: path.includes(':flowCommentId') ? await aFlowComment(flowId, as) : '',
    // Whoever ends one at once ends it for all.
    ...(/\/:runId\/(again|terminate)$/.test(path) && { runId: await aRunThatIsOver() }),
    invitationId: path.includes(':invitationId') ? await anInvitation() : '',
    // A project has room for so many flows and secrets.
    ...(/\/(everybody|flows|secrets)$/.test(path) && { projectId: await ownProject(asker) }),
  }
  const address = path.replaceAll(
    /:(\w+)/g,
    (_, name: string) => ({ ...own, ...mine } as Record<string, string>)[name]!,
  )
  return await api.call(method.toUpperCase(), `/api/v1${address}?${asked.toString()}`, {
    ...(as && { as }),
    ...(body && { body: content }),
    ...(takesFile && { body: Buffer.from('text') }),
    headers: NO_ANSWER_IS_AWAITED,
  })
}

const ruleOf = ({ permission, own, action }: Route): Rule =>
  action ? contractOf(action) : { permission, ...(own && { own }) }

describe.each(ABOUT_A_THING.map((route) => [nameOf(route), route] as const))(
  'ASVS line 31: %s',
  (name, route) => {
    const told = (asker: string) => answers.get(`${name} ${asker}`)!

    test('is for nobody who has not signed in', () => {
      expect(told('nobody').status).toBe(401)
    })

    test('ASVS line 30: answers what its contract names and nothing besides', () => {
      const given = Object.keys(askers).map((asker) => told(asker))
      const faults = given
        .filter(({ status, body }) => status === route.status && body !== '' && route.answer)
        .flatMap(({ body }) => (route.isStream ? eventsIn(body) : [body]))
        .map((answer) => route.answer!.safeParse(answer).error?.issues)
      expect(faults.filter(Boolean)).toEqual([])
    })

    test('is nowhere for a stranger', () => {
      const { status, body } = told('stranger')
      expect(body.error.code).toMatch(/\.not_found$/)
      expect(status).toBe(404)
    })

    test.each(Object.entries(ASKERS))(
      'gives %s what the table says',
      (asker, { rights: inWorkspace, ties, inProject }) => {
        const { status, body } = told(asker)
        const isThere = inProject && !route.path.includes(':workspaceId')
        const rights = isThere ? inProject.rights : inWorkspace
        if (!may(rights, 'board.read')) {
          expect([status, body.error.code]).toEqual([404, expect.stringMatching(/\.not_found$/)])
        } else if (allows(rights, ruleOf(route), ties)) {
          if (!WHAT_IT_IS.includes(body?.error?.code)) expect(LET_IN).toContain(status)
        } else expect([status, body.error.code]).toEqual([403, 'permission.denied'])
      },
    )
  },
)
