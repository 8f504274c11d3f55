/** Whether the list has the host of an address; an entry without a port means the usual ones. */
export function isListed(entries: readonly string[], url: URL): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  return entries.some((entry) => {
    const [host, own] = splitPort(entry)
    if (own === undefined ? url.port !== '' : own !== port) return false
    if (host.startsWith('*.')) return url.hostname.endsWith(host.slice(1))
    return host === url.hostname
  })
}

function splitPort(entry: string): [host: string, port: string | undefined] {
  const at = entry.lastIndexOf(':')
  return at < 0 ? [entry, undefined] : [entry.slice(0, at), entry.slice(at + 1)]
}
