import { trail } from '#activities/audit/queries.ts'
import { AuditAsked, AuditExportAsked, AuditLineView } from '#core/contracts/audit.ts'
import { pageOf } from '#core/contracts/views.ts'
import { readAs } from '#core/platform/acting-as.ts'
import { auditExport } from '../audit-export.ts'
import { asOperator } from '../operators-only.ts'
import { route, type Route } from '../route.ts'
import { workflowsUrl } from '../workflow-url.ts'

export const installationLog: readonly Route[] = [
  route({
    method: 'get',
    path: '/admin/log',
    summary: 'Who signed in, who runs the installation and how it was set up, latest first',
    query: AuditAsked,
    answer: pageOf(AuditLineView),
    refusals: ['permission.denied'],
    async handle(call) {
      const { parts, query, userId } = call
      const { cursor: _, limit: __, ...filters } = query
      await asOperator(call, 'audit.read', filters)
      return await readAs(parts.database, { userId }, (trx) =>
        trail(trx, null, query, workflowsUrl(parts.config)),
      )
    },
  }),
  route({
    method: 'get',
    path: '/admin/log/export',
    summary: 'The same as a file of CSV or of one JSON text a line, 50,000 lines at most',
    query: AuditExportAsked,
    answer: null,
    refusals: ['permission.denied'],
    async handle(call) {
      const { ctx, parts, query, userId } = call
      const { format, ...filters } = query
      await asOperator(call, 'audit.export', query)
      ctx.attachment(`installation-log.${format}`)
      ctx.type = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson'
      ctx.body = auditExport(format, (page) =>
        readAs(parts.database, { userId }, (trx) =>
          trail(trx, null, { ...filters, ...page }, workflowsUrl(parts.config)),
        ),
      )
      return undefined
    },
  }),
]
