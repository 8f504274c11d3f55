import Router from '@koa/router'
import Koa from 'koa'
import type { State } from './context.ts'
import { isHttps } from './cookies.ts'
import { decodeHistories } from './decode-histories.ts'
import { showDocs } from './docs-page.ts'
import { health, readiness } from './health.ts'
import { callerAddress } from './middleware/caller-address.ts'
import { codeEditor } from './middleware/code-editor.ts'
import { compression } from './middleware/compression.ts'
import { crossOrigin } from './middleware/cross-origin.ts'
import { errors } from './middleware/errors.ts'
import { metrics, showMetrics } from './middleware/metrics.ts'
import { ownHosts } from './middleware/own-hosts.ts'
import { ownPages } from './middleware/own-pages.ts'
import { requestId } from './middleware/request-id.ts'
import { reportingEndpoint, securityHeaders } from './middleware/security-headers.ts'
import { spans } from './middleware/spans.ts'
import { staticFiles } from './middleware/static-files.ts'
import { unserved } from './middleware/unserved.ts'
import { oidcPages } from './oidc-pages.ts'
import { showOpenapi } from './openapi.ts'
import type { Parts } from './parts.ts'
import { API_PREFIX } from './paths.ts'
import { policyReports } from './policy-reports.ts'
import { showQueues } from './queues-pass.ts'
import { serve } from './router.ts'
import { routes } from './routes/index.ts'
import { temporalUi } from './temporal-ui.ts'
import { unsubscribe } from './unsubscribe.ts'

/** The built UI, beside this folder. */
const UI_FOLDER = new URL('../ui/dist', import.meta.url).pathname

/** The whole HTTP side of the product as one Koa app; whoever made the parts ends them. */
export async function makeApp(parts: Parts): Promise<Koa<State>> {
  const proxies = parts.config.TRUSTED_PROXIES
  const origins = new Set(parts.config.CORS_ORIGINS)
  // Only as many addresses are believed, from the last: those before them may be made up.
  const app = new Koa<State>({ proxy: proxies > 0, maxIpsCount: proxies })
  app.on('error', (error: unknown) => parts.log.debug({ error }, 'an answer was cut off'))
  app.use(requestId)
  if (parts.config.OTEL_EXPORTER_OTLP_ENDPOINT) app.use(spans)
  app.use(callerAddress)
  app.use(metrics)
  app.use(securityHeaders(isHttps(parts.config), parts.files.store.origin))
  app.use(reportingEndpoint)
  app.use(compression())
  app.use(errors(parts.log))
  if (parts.config.PROJECTFLOW_DEMO) app.use(ownHosts(parts.config.PUBLIC_URL))
  app.use(crossOrigin(origins))
  app.use(ownPages(origins))
  app.use(oidcPages(parts).routes())
  app.use(policyReports(parts.log))
  app.use(unsubscribe(parts))
  app.use(serve(routes, parts).routes())
  app.use(aboutItself(parts).routes())
  app.use(showQueues(parts))
  app.use(decodeHistories(parts))
  app.use(temporalUi(parts))
  app.use(unserved(API_PREFIX))
  app.use(codeEditor)
  app.use(await staticFiles(UI_FOLDER))
  app.use(unserved('/'))
  return app
}

/** What the API says about its state and its form. */
function aboutItself(parts: Parts): Router<State> {
  return new Router<State>()
    .get('/health', health)
    .get('/ready', readiness(parts))
    .get('/metrics', showMetrics(parts.config.METRICS_TOKEN))
    .get('/openapi.json', showOpenapi)
    .get('/docs', showDocs)
}
