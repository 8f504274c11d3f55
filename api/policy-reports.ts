import { RateLimiterMemory } from 'rate-limiter-flexible'
import { z } from 'zod'
import type { Log } from '#core/platform/log.ts'
import type { Middleware } from './context.ts'
import { readBytes } from './middleware/body.ts'
import { REPORTS_PATH } from './paths.ts'

const BYTES_MAX = 16 * 1_024
const REPORTS_MAX = 20
const TEXT_CHARS_MAX = 200
/** Of all browsers together; a page that is broken breaks for everybody. */
const PER_MINUTE_MAX = 60

const Text = z.string().optional()
/** As `report-uri` has it, and as the Reporting API has it. */
const Old = z.object({
  'csp-report': z.object({
    'effective-directive': Text,
    'violated-directive': Text,
    'blocked-uri': Text,
    'document-uri': Text,
    'source-file': Text,
  }),
})
const New = z
  .array(
    z.object({
      type: z.string(),
      body: z.object({
        effectiveDirective: Text,
        blockedURL: Text,
        documentURL: Text,
        sourceFile: Text,
      }),
    }),
  )
  .max(REPORTS_MAX)

/**
 * Takes what browsers report of pages that broke the content security policy, and logs it: which
 * rule, what was kept out, on which page. Who sends it is not asked, so little of it is believed.
 */
export function policyReports(log: Log): Middleware {
  const counted = new RateLimiterMemory({ points: PER_MINUTE_MAX, duration: 60 })
  return async (ctx, next) => {
    if (ctx.path !== REPORTS_PATH || ctx.method !== 'POST') return await next()
    const bytes = await readBytes(ctx, BYTES_MAX)
    ctx.status = 204
    for (const report of reportsIn(bytes.toString())) {
      const isWanted = await counted.consume('all').catch(() => null)
      if (isWanted) log.warn(report, 'a page broke its content security policy')
    }
  }
}

function reportsIn(text: string) {
  const given = parsed(text)
  const { data: old } = Old.safeParse(given)
  if (old) {
    const report = old['csp-report']
    const directive = report['effective-directive'] ?? report['violated-directive']
    return [shown(directive, report['blocked-uri'], report['document-uri'], report['source-file'])]
  }
  const { data: reports = [] } = New.safeParse(given)
  return reports
    .filter(({ type }) => type === 'csp-violation')
    .map(({ body: { effectiveDirective, blockedURL, documentURL, sourceFile } }) =>
      shown(effectiveDirective, blockedURL, documentURL, sourceFile),
    )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function shown(directive?: string, blocked?: string, document?: string, source?: string) {
  return {
    directive: directive?.slice(0, TEXT_CHARS_MAX),
    blocked: address(blocked),
    document: address(document),
    source: address(source),
  }
}

/** What stands behind the path may be secret. */
const address = (url: string | undefined) => url?.split(/[?#]/)[0]!.slice(0, TEXT_CHARS_MAX)
