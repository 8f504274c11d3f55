import ts from 'typescript'
import { expect, test } from 'vitest'
import { kanban } from '#activities/kanban/index.ts'
import { projects } from '#activities/projects/index.ts'
import { ACTION_ROUTES } from '#core/contracts/action-routes.ts'
import { ACTION_TYPES, type ActionType } from '#core/contracts/actions.ts'
import { kanbanActions } from '#core/contracts/kanban.ts'
import { projectActions } from '#core/contracts/projects.ts'
import { nodesOf, sources } from './sources.ts'

/** Modules of actions, each with its contracts and its list of handlers. */
const MODULES = { kanban: [kanbanActions, kanban], projects: [projectActions, projects] } as const
/** Takes other actions back, so it is made from the lists and stands in none. */
const UNDO = 'undo'

/** The handler a file of a module exports: `export const moveCard: Handler<'card.move'>`. */
interface Handled {
  readonly path: string
  readonly name: string
  readonly type: string
}

const handlers = Object.keys(MODULES).flatMap((module) => handlersIn(module))

test.each(ACTION_TYPES)('%s has a contract, a handler, a line in the list and a route', (type) => {
  expect(forgotten(type)).toEqual([])
})

test('every handler there is stands in the list of its module', () => {
  const idle = handlers.filter(
    ({ path, name, type }) => listed(moduleOf(path))[type]?.name !== name,
  )
  expect(
    idle.map(({ path, type, name }) => {
      const list = `activities/${moduleOf(path)}/index.ts`
      return `${list} lacks the line '${type}': ${name}, of ${path}`
    }),
  ).toEqual([])
})

test('a list of handlers names no action that has no contract', () => {
  const extra = Object.values(MODULES).flatMap(([contracts, list]) =>
    Object.keys(list).filter((type) => !(type in contracts)),
  )
  expect(extra.map((type) => `core/contracts/ lacks the contract of '${type}'`)).toEqual([])
})

/** What is missing for an action, each as the line to write. */
function forgotten(type: ActionType): string[] {
  const line = `'${type}': 'POST /…/:target/…',`
  const route =
    type in ACTION_ROUTES ? [] : [`core/contracts/action-routes.ts lacks the line ${line}`]
  return type === UNDO ? route : [...route, ...forgottenByModule(type)]
}

function forgottenByModule(type: ActionType): string[] {
  const owner = Object.entries(MODULES).find(([, [contracts]]) => type in contracts)
  if (!owner) return [`core/contracts/ has '${type}' in the contracts of no module`]
  const [module] = owner
  const index = `activities/${module}/index.ts`
  const file = handlers.find((each) => each.type === type)
  if (!file) return [`activities/${module}/ lacks a file with a Handler<'${type}'>`]
  if (moduleOf(file.path) !== module) return [`${file.path} belongs into activities/${module}/`]
  const wanted = `activities/${module}/${kebab(file.name)}.ts`
  if (file.path !== wanted) return [`${file.path} should be called ${wanted}`]
  if (listed(module)[type]?.name === file.name) return []
  return [`${index} lacks the line '${type}': ${file.name},`]
}

function handlersIn(module: string): Handled[] {
  return sources(`activities/${module}/*.ts`).flatMap(({ path, tree }) =>
    [...nodesOf(tree)].filter(ts.isVariableDeclaration).flatMap(({ name, type }) => {
      const [, action] = /^Handler<'([^']+)'>$/.exec(type?.getText() ?? '') ?? []
      return action ? [{ path, name: name.getText(), type: action }] : []
    }),
  )
}

function listed(module: string): Readonly<Record<string, { name: string } | undefined>> {
  return MODULES[module as keyof typeof MODULES][1]
}

const moduleOf = (path: string) => path.split('/')[1]!

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
