import { z } from 'zod'
import { WIP_MODES } from '#core/kernel/choices.ts'
import { COLUMNS_PER_BOARD_MAX, WIP_LIMIT_MAX } from '#core/kernel/limits.ts'
import { defineAction } from './action.ts'
import {
  Colour,
  Id,
  LabelName,
  Name,
  NOT_ONE_PLACE,
  onePlace,
  Place,
  ProjectKey,
} from './fields.ts'
import { BoardInfo, ColumnView, LabelView, ProjectView } from './views.ts'

const Nothing = z.strictObject({})
const Named = z.strictObject({ name: Name })
const project = z.strictObject({ project: ProjectView })
const board = z.strictObject({ board: BoardInfo })
const column = z.strictObject({ column: ColumnView, boardId: Id })
const label = z.strictObject({ label: LabelView, projectId: Id })

/** The actions on projects, boards, columns and labels. */
export const projectActions = {
  'project.create': defineAction({
    target: 'workspace',
    permission: 'project.configure',
    summary: 'created project {name}',
    body: z.strictObject({ name: Name, key: ProjectKey }),
    result: project,
    status: 201,
    refusals: ['project.key_taken', 'project.limit'],
  }),
  'project.rename': defineAction({
    target: 'project',
    permission: 'project.configure',
    summary: 'renamed project {target} to {name}',
    body: Named,
    result: project,
    refusals: ['project.archived'],
  }),
  'project.archive': defineAction({
    target: 'project',
    permission: 'project.configure',
    summary: 'archived project {target}',
    body: Nothing,
    result: project,
    refusals: ['project.archived'],
  }),
  'project.restore': defineAction({
    target: 'project',
    permission: 'project.configure',
    summary: 'restored project {target}',
    body: Nothing,
    result: project,
    refusals: ['project.limit'],
  }),
  'project.duplicate': defineAction({
    target: 'project',
    permission: 'project.configure',
    summary: 'duplicated project {target}',
    body: z.strictObject({ name: Name, key: ProjectKey }),
    result: project,
    status: 201,
    refusals: ['project.key_taken', 'project.limit', 'project.too_large'],
  }),
  'board.create': defineAction({
    target: 'project',
    permission: 'board.configure',
    summary: 'created board {name} in {target}',
    body: z.strictObject({
      name: Name,
      columns: z.array(Name).min(1).max(COLUMNS_PER_BOARD_MAX).optional(),
    }),
    result: board,
    status: 201,
    refusals: ['project.archived', 'board.limit'],
  }),
  'board.rename': defineAction({
    target: 'board',
    permission: 'board.configure',
    summary: 'renamed board {target} to {name}',
    body: Named,
    result: board,
    refusals: ['board.archived'],
  }),
  'board.archive': defineAction({
    target: 'board',
    permission: 'board.configure',
    summary: 'archived board {target}',
    body: Nothing,
    result: board,
    refusals: ['board.archived'],
  }),
  'board.restore': defineAction({
    target: 'board',
    permission: 'board.configure',
    summary: 'restored board {target}',
    body: Nothing,
    result: board,
    refusals: ['project.archived', 'board.limit'],
  }),
  'board.duplicate': defineAction({
    target: 'board',
    permission: 'board.configure',
    summary: 'duplicated board {target}',
    body: Named,
    result: board,
    status: 201,
    refusals: ['project.archived', 'board.limit'],
  }),
  'column.create': defineAction({
    target: 'board',
    permission: 'board.configure',
    summary: 'added column {name} to {target}',
    body: z
      .strictObject({ columnId: Id.optional(), name: Name, ...Place })
      .refine(onePlace, NOT_ONE_PLACE),
    result: column,
    status: 201,
    refusals: ['board.archived', 'column.limit'],
  }),
  'column.rename': defineAction({
    target: 'column',
    permission: 'board.configure',
    summary: 'renamed column {target} to {name}',
    body: Named,
    result: column,
    refusals: ['board.archived', 'column.archived'],
  }),
  'column.move': defineAction({
    target: 'column',
    permission: 'board.configure',
    summary: 'moved column {target}',
    body: z.strictObject(Place).refine(onePlace, NOT_ONE_PLACE),
    result: column,
    refusals: ['board.archived', 'column.archived'],
  }),
  'column.limit': defineAction({
    target: 'column',
    permission: 'board.configure',
    summary: 'set the limit of column {target}',
    body: z.strictObject({
      wipLimit: z.int().min(1).max(WIP_LIMIT_MAX).nullable(),
      wipMode: z.enum(WIP_MODES),
    }),
    result: column,
    refusals: ['board.archived', 'column.archived'],
  }),
  'column.archive': defineAction({
    target: 'column',
    permission: 'board.configure',
    summary: 'archived column {target}',
    body: Nothing,
    result: column,
    refusals: ['board.archived', 'column.archived', 'column.last'],
  }),
  'column.restore': defineAction({
    target: 'column',
    permission: 'board.configure',
    summary: 'restored column {target}',
    body: Nothing,
    result: column,
    refusals: ['board.archived', 'column.limit'],
  }),
  'label.create': defineAction({
    target: 'project',
    permission: 'board.configure',
    summary: 'created label {name} in {target}',
    body: z.strictObject({ name: LabelName, colour: Colour }),
    result: label,
    status: 201,
    refusals: ['project.archived', 'label.name_taken', 'label.limit'],
  }),
  'label.edit': defineAction({
    target: 'label',
    permission: 'board.configure',
    summary: 'edited label {target}',
    body: z
      .strictObject({ name: LabelName.optional(), colour: Colour.optional() })
      .refine((changes) => Object.keys(changes).length > 0, { error: 'must change something' }),
    result: label,
    refusals: ['project.archived', 'label.name_taken'],
  }),
  'label.delete': defineAction({
    target: 'label',
    permission: 'board.configure',
    summary: 'deleted label {target}',
    body: Nothing,
    result: label,
    refusals: ['project.archived'],
  }),
  'label.recover': defineAction({
    target: 'label',
    permission: 'board.configure',
    summary: 'brought back label {target}',
    body: Nothing,
    result: label,
    refusals: ['project.archived', 'label.name_taken', 'label.limit'],
  }),
}
