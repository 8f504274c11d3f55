import { setTimeout as sleep } from 'node:timers/promises'
import { shownIsStored } from './promises.ts'
import { sitDown, type Scene, type Seat } from './scene.ts'
import type { Step } from './steps.ts'

const UNLOADED_AFTER_MS = 20
/** Long enough ago for all that waits until nobody writes. */
const QUIET_MS = 3_600_000

type Doers = {
  readonly [Kind in Step['kind']]: (
    scene: Scene,
    step: Extract<Step, { kind: Kind }>,
  ) => void | Promise<void>
}

const DO: Doers = {
  pause: (_, { ms }) => sleep(ms),
  write(scene, { person, place, lines }) {
    for (let line = 0; line < lines; line += 1) at(scene, person).person.write(place + line)
  },
  strike(scene, { person, place }) {
    const line = at(scene, person).person.strike(place)
    if (line !== undefined) scene.struck.add(line)
  },
  plug: (scene, { person }) => at(scene, person).person.plug(),
  unplug: (scene, { person }) => at(scene, person).person.unplug(),
  reopen: (scene, { person }) => at(scene, person).person.reopen(),
  stumble: (scene, { person }) => at(scene, person).person.stumble(),
  'token over'(scene, { person }) {
    const seat = at(scene, person)
    seat.isTokenShort = true
    seat.person.stumble()
  },
  /** Gone with all that was not saved; another sits down with nothing. */
  async vanish(scene, { person }) {
    const seat = at(scene, person)
    scene.savedBefore.push(...seat.person.saved())
    seat.person.leave()
    seat.turn += 1
    seat.person = sitDown(scene, seat)
    await shownIsStored(scene)
  },
  demote: (scene, { person }) => setRole(scene, at(scene, person), 'viewer'),
  promote: (scene, { person }) => setRole(scene, at(scene, person), 'member'),
  fault: ({ world }, { node, link, fault }) => world.nodes[node]!.links[link].fail(fault),
  heal: ({ world }, { node, link }) => world.nodes[node]!.links[link].heal(),
  async kill(scene, { node }) {
    await scene.world.nodes[node]!.kill()
    await shownIsStored(scene)
  },
  async unload({ seats }, { node }) {
    const there = seats.filter((seat) => seat.node === node)
    for (const { person } of there) person.unplug()
    await sleep(UNLOADED_AFTER_MS)
    for (const { person } of there) person.plug()
  },
  async pack({ world, cardId }) {
    const changedAt = new Date(Date.now() - QUIET_MS)
    const text = world.database('crdt_docs').where({ card_id: cardId })
    await text.update({ changed_at: changedAt, settled: false })
    await world.keepTexts()
  },
  'edit title': (scene, { title }) => edit(scene, () => ({ title })),
  /** Refused where somebody has written since the description was told. */
  'edit description': (scene) =>
    edit(scene, ({ description }) => ({ description: `${description}\nEdited` })),
}

export async function doStep(scene: Scene, step: Step): Promise<void> {
  await (DO[step.kind] as (scene: Scene, step: Step) => void | Promise<void>)(scene, step)
}

/** Mends everything, and lets everybody write. */
export async function heal(scene: Scene): Promise<void> {
  const { nodes } = scene.world
  for (const node of nodes) for (const link of Object.values(node.links)) link.heal()
  for (const seat of scene.seats) {
    await setRole(scene, seat, 'member')
    seat.person.plug()
  }
  await Promise.all(nodes.map((node) => node.up()))
}

const at = ({ seats }: Scene, person: number): Seat => seats[person]!

async function setRole({ world }: Scene, { userId }: Seat, role: string): Promise<void> {
  await world.database('workspace_members').where({ user_id: userId }).update({ role })
}

async function edit(
  { world, board, cardId }: Scene,
  changesOf: (card: { description: string }) => object,
): Promise<void> {
  const card = await world.database('cards').where({ id: cardId }).first()
  const body = { baseVersion: card.version as number, changes: changesOf(card) }
  await world.act(board.ownerId, 'card.edit', cardId, body)
}
