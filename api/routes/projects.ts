import {
  boardsOf,
  columnsOf,
  labelsOf,
  projectFor,
  projectsOf,
} from '#activities/projects/queries.ts'
import { ArchivableAsked, ProjectColumns } from '#core/contracts/lists.ts'
import { PageAsked } from '#core/contracts/page.ts'
import { BoardSummary, LabelView, pageOf, ProjectView } from '#core/contracts/views.ts'
import { readAs } from '#core/platform/acting-as.ts'
import { ofVisible } from '../guards.ts'
import { refuse } from '../refuse.ts'
import { route, type Route } from '../route.ts'

export const projects: readonly Route[] = [
  route({
    method: 'get',
    path: '/workspaces/:workspaceId/projects',
    summary: 'The projects of a workspace, by name',
    query: ArchivableAsked,
    answer: pageOf(ProjectView),
    refusals: ['workspace.not_found'],
    async handle(call) {
      const { params, query } = call
      return await ofVisible(call, ['workspace', params.workspaceId], (db) =>
        projectsOf(db, params.workspaceId, query.archived === 'true', query),
      )
    },
  }),
  route({
    method: 'get',
    path: '/projects/:projectId',
    summary: 'One project',
    answer: ProjectView,
    refusals: ['project.not_found'],
    async handle({ parts, params, userId }) {
      const project = await readAs(parts.database, { userId }, (trx) =>
        projectFor(trx, userId, params.projectId),
      )
      if (!project) throw refuse('project.not_found')
      return project
    },
  }),
  route({
    method: 'get',
    path: '/projects/:projectId/boards',
    summary: 'The boards of a project, by name',
    query: ArchivableAsked,
    answer: pageOf(BoardSummary),
    refusals: ['project.not_found'],
    async handle(call) {
      const { params, query } = call
      return await ofVisible(call, ['project', params.projectId], (db) =>
        boardsOf(db, params.projectId, query.archived === 'true', query),
      )
    },
  }),
  route({
    method: 'get',
    path: '/projects/:projectId/columns',
    summary: 'The open columns of all boards of a project, board by board',
    answer: ProjectColumns,
    refusals: ['project.not_found'],
    async handle(call) {
      const { projectId } = call.params
      return await ofVisible(call, ['project', projectId], async (db) => ({
        items: await columnsOf(db, projectId),
      }))
    },
  }),
  route({
    method: 'get',
    path: '/projects/:projectId/labels',
    summary: 'The labels of a project, by name',
    query: PageAsked,
    answer: pageOf(LabelView),
    refusals: ['project.not_found'],
    async handle(call) {
      return await ofVisible(call, ['project', call.params.projectId], (db) =>
        labelsOf(db, call.params.projectId, call.query),
      )
    },
  }),
]
