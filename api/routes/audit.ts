import { trail } from '#activities/audit/queries.ts'
import { recordAuditRead } from '#activities/audit/reads.ts'
import { AuditAsked, AuditExportAsked, AuditLineView } from '#core/contracts/audit.ts'
import { pageOf } from '#core/contracts/views.ts'
import { readAs } from '#core/platform/acting-as.ts'
import { auditExport } from '../audit-export.ts'
import { askingOf } from '../asking-of.ts'
import type { Asked } from '../command.ts'
import { ofVisible } from '../guards.ts'
import { route, type Route } from '../route.ts'
import { workflowsUrl } from '../workflow-url.ts'

export const audit: readonly Route[] = [
  route({
    method: 'get',
    path: '/workspaces/:workspaceId/audit',
    summary: 'Who did what in a workspace, latest first; that it was read is a line of it',
    permission: 'audit.read',
    query: AuditAsked,
    answer: pageOf(AuditLineView),
    refusals: ['workspace.not_found', 'permission.denied'],
    async handle(call) {
      const { parts, params, query } = call
      const { cursor: _, limit: __, ...filters } = query
      await recordRead(call, 'audit.read', filters)
      return await ofVisible(call, ['workspace', params.workspaceId], (db) =>
        trail(db, params.workspaceId, query, workflowsUrl(parts.config)),
      )
    },
  }),
  route({
    method: 'get',
    path: '/workspaces/:workspaceId/audit/export',
    summary: 'The same as a file of CSV or of one JSON text a line, 50,000 lines at most',
    permission: 'audit.read',
    query: AuditExportAsked,
    answer: null,
    refusals: ['workspace.not_found', 'permission.denied'],
    async handle(call) {
      const { ctx, parts, params, query, userId } = call
      const { format, ...filters } = query
      await recordRead(call, 'audit.export', query)
      ctx.attachment(`audit.${format}`)
      ctx.type = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson'
      ctx.body = auditExport(format, (page) =>
        readAs(parts.database, { userId }, (trx) =>
          trail(trx, params.workspaceId, { ...filters, ...page }, workflowsUrl(parts.config)),
        ),
      )
      return undefined
    },
  }),
]

/** Written before anything is shown, by who may see it. */
async function recordRead(
  call: Asked,
  action: 'audit.read' | 'audit.export',
  asked: object,
): Promise<void> {
  const { parts, params } = call
  const workspaceId = params['workspaceId']!
  await ofVisible(call, ['workspace', workspaceId], async () => {})
  const reader = { workspaceId, ...askingOf(call) }
  await recordAuditRead(parts.database, reader, action, { ...asked })
}
