import { createHash } from 'node:crypto'
import type { Middleware } from './context.ts'
import { openapiDocument, type OpenapiDocument, type Operation } from './openapi.ts'

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid #8884; }
summary { cursor: pointer; padding: .25rem 0; }
summary b { display: inline-block; min-width: 4.5rem; font: 600 13px ui-monospace, monospace; }
code, pre { font: 13px/1.5 ui-monospace, monospace; }
pre { overflow: auto; padding: .75rem; border-radius: 6px; background: #8881; }
details > div { margin: 0 0 1rem 4.5rem; }
td { padding: .1rem 1rem .1rem 0; vertical-align: top; }
`

/** The page needs nothing but its own style, so nothing else is allowed on it. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256')
  .update(STYLE)
  .digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

function render({ paths, components }: OpenapiDocument): string {
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const groups = Map.groupBy(all, ({ operation }) => operation.tags[0]!)
  const sections = Array.from(groups, ([tag, some]) => {
    const each = some.map(({ path, method, operation }) => operationOf(path, method, operation))
    return `<section><h2>${escape(tag)}</h2>${each.join('')}</section>`
  })
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) => `<details><summary id="${escape(name)}">${escape(name)}</summary>
      ${json(schema)}</details>`,
  )
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>ProjectFlow API</title>
    <meta name="viewport" content="width=device-width"><style>${STYLE}</style></head><body>
    <h1>ProjectFlow API</h1><p>Also as <a href="/openapi.json">OpenAPI 3.1</a>.</p>
    ${sections.join('')}<section><h2>Schemas</h2>${schemas.join('')}</section></body></html>`
}

function operationOf(path: string, method: string, operation: Operation): string {
  const parameters = operation.parameters.map(
    ({ name, in: where, required }) =>
      `<tr><td><code>${escape(name)}</code><td>${escape(where)}<td>${required ? 'required' : ''}`,
  )
  const responses = Object.entries(operation.responses).map(
    ([status, { description }]) => `<tr><td>${status}<td>${words(description)}`,
  )
  const body = operation.requestBody?.content['application/json']?.schema
  return `<details><summary><b>${method.toUpperCase()}</b><code>${escape(path)}</code>
    ${escape(operation.summary)}</summary><div>
    ${parameters.length > 0 ? `<table>${parameters.join('')}</table>` : ''}
    ${body ? json(body) : ''}<table>${responses.join('')}</table></div></details>`
}

const json = (value: unknown) => `<pre>${escape(JSON.stringify(value, null, 2))}</pre>`

/** The little Markdown that descriptions use. */
const words = (text: string) =>
  escape(text)
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
    .replaceAll('\n\n', '<br>')

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

const page = render(openapiDocument)

/** GET /docs: /openapi.json for people. */
export const showDocs: Middleware = (ctx) => {
  ctx.set('content-security-policy', POLICY)
  ctx.type = 'html'
  ctx.body = page
}
