import type { Middleware } from '../context.ts'
import { CODE_EDITOR_PATH, REPORTS_PATH } from '../paths.ts'

/**
 * The policy of the page in which code of flows is written. It writes its own styles, and so it lives
 * in a sandbox, where it is of no origin: it has its own scripts and letters, asks nobody anything,
 * and is shown by our own pages only.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  'img-src data:',
  "connect-src 'none'",
  "worker-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  'sandbox allow-scripts',
  `report-uri ${REPORTS_PATH}`,
].join('; ')

export const codeEditor: Middleware = async (ctx, next) => {
  if (ctx.path.startsWith(`${CODE_EDITOR_PATH}/`)) {
    ctx.set('content-security-policy', POLICY)
    // To a page of no origin our files are another's, and it may read only what says so.
    ctx.set('access-control-allow-origin', '*')
    ctx.remove('origin-agent-cluster')
  }
  await next()
}
