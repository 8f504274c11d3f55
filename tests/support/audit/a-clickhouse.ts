import { aServer } from './a-server.ts'

type Row = Readonly<Record<string, unknown>>

/** As much of ClickHouse's HTTP interface as the sink asks for: its tables, inserts and two queries. */
export async function aClickhouse() {
  const checkpoints = new Map<number, Row>()
  const lines = new Map<string, Row>()
  const rowsFor = (sql: string, name: string | null): Row[] =>
    sql.includes('audit_checkpoints')
      ? [...checkpoints.values()]
          .sort((a, b) => Number(b['number']) - Number(a['number']))
          .slice(0, 1)
      : [...lines.values()]
          .filter((row) => row['name'] === name)
          .sort((a, b) => Number(a['place']) - Number(b['place']))

  return await aServer((request, body, response) => {
    const { searchParams } = new URL(request.url!, 'http://clickhouse')
    const { authorization } = request.headers
    if (authorization !== `Basic ${Buffer.from('writer:secret').toString('base64')}`) {
      return void response.writeHead(403).end('Code: 516. DB::Exception: Authentication failed')
    }
    const insert = searchParams.get('query')
    if (insert) {
      for (const text of body.toString().trim().split('\n')) {
        const row = JSON.parse(text) as Row
        if (insert.toLowerCase().includes('audit_checkpoints'))
          checkpoints.set(Number(row['number']), row)
        else lines.set(`${String(row['name'])} ${String(row['place'])}`, row)
      }
      return void response.writeHead(200).end()
    }
    const sql = body.toString()
    const isQuery = sql.trim().toLowerCase().startsWith('select')
    const rows = isQuery ? rowsFor(sql, searchParams.get('param_name')) : []
    response.writeHead(200).end(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  })
}
