import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'

// The floor of telling many: `ws` and nothing else. Whoever opens `/ROOM` hears what is sent to it
// from `/say/ROOM`. Says its port on a line.
const rooms = new Map<string, Set<WebSocket>>()
const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
server.on('connection', (socket, { url = '' }) => {
  const [, first = '', second] = url.split('/')
  if (first === 'say') {
    return socket.on('message', (data: Buffer) => {
      for (const each of rooms.get(second!) ?? []) each.send(data)
    })
  }
  const room = rooms.get(first) ?? new Set()
  rooms.set(first, room.add(socket))
  return socket.once('close', () => room.delete(socket))
})
await once(server, 'listening')
console.log((server.address() as AddressInfo).port)
