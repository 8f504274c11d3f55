import { aServer } from './a-server.ts'

export const S3_KEYS = { AWS_ACCESS_KEY_ID: 'AKIDTEST', AWS_SECRET_ACCESS_KEY: 'only-for-tests' }

/**
 * As much of S3 as we ask for, path style: put, get, delete and list of objects, for who signs as
 * S3_KEYS say (AWS Signature Version 4), in a header or, for 5 minutes at most, in the address.
 */
export async function anS3() {
  const objects = new Map<string, Buffer>()
  return await aServer((request, body, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://s3')
    const signed =
      Number(searchParams.get('X-Amz-Expires') ?? 0) <= 300 && searchParams.get('X-Amz-Credential')
    const header = /^AWS4-HMAC-SHA256 Credential=(.+?),/.exec(request.headers.authorization ?? '')
    const signer = /^\w+(?=\/)/.exec(header?.[1] ?? (signed || ''))?.[0]
    const refuse = (status: number, code: string) =>
      response
        .writeHead(status, { 'content-type': 'application/xml' })
        .end(`<Error><Code>${code}</Code><Message>${code}</Message></Error>`)
    if (signer !== S3_KEYS.AWS_ACCESS_KEY_ID) return void refuse(403, 'AccessDenied')
    if (request.method === 'PUT') {
      objects.set(pathname, contentOf(request.headers['content-encoding'], body))
      return void response.writeHead(200, { etag: '"1"' }).end()
    }
    if (searchParams.get('list-type') === '2') {
      const prefix = `${pathname.replace(/\/$/, '')}/${searchParams.get('prefix')}`
      const found = [...objects.keys()].filter((key) => key.startsWith(prefix))
      const list = `<ListBucketResult><KeyCount>${found.length}</KeyCount></ListBucketResult>`
      return void response.writeHead(200, { 'content-type': 'application/xml' }).end(list)
    }
    if (request.method === 'DELETE') {
      objects.delete(pathname)
      return void response.writeHead(204).end()
    }
    const object = objects.get(pathname)
    if (!object) return void refuse(404, 'NoSuchKey')
    for (const name of ['content-type', 'content-disposition']) {
      const asked = searchParams.get(`response-${name}`)
      if (asked !== null) response.setHeader(name, asked)
    }
    response.writeHead(200, { 'content-length': object.byteLength }).end(object)
  })
}

/** The client sends bodies in signed chunks: a length in hex, the bytes, and a trailer at the end. */
function contentOf(encoding: string | undefined, body: Buffer): Buffer {
  if (!encoding?.includes('aws-chunked')) return body
  const parts: Buffer[] = []
  for (let at = 0; ;) {
    const end = body.indexOf('\r\n', at)
    const length = Number.parseInt(body.subarray(at, end).toString(), 16)
    if (!length) return Buffer.concat(parts)
    parts.push(body.subarray(end + 2, end + 2 + length))
    at = end + 2 + length + 2
  }
}
