import { isFree } from './ports.ts'

const DEFAULT_PORT = 3000
const PORT_MAX = 65_535

/** The port people are to open: PORT or 3000. */
export const webPortAsked = () => Number(process.env['PORT'] ?? DEFAULT_PORT)

/** The same. Throws when it is no port or somebody listens there. */
export async function webPort(): Promise<number> {
  const port = webPortAsked()
  if (!Number.isInteger(port) || port < 1 || port > PORT_MAX) {
    throw new Error(`PORT is ${process.env['PORT']}: it has to be between 1 and ${PORT_MAX}.`)
  }
  if (await isFree(port)) return port
  throw new Error(
    `Port ${port} is taken. Choose another one, for example: PORT=${port + 1} npm start`,
  )
}
