export { openBoardSocket } from './board-socket.ts'
export { openBoardStream } from './board-stream.ts'
export {
  openFlowChannel,
  openJobChannel,
  openPersonChannel,
  openWorkspaceChannel,
} from './channel-socket.ts'
export { openTabSocket } from './tab-socket.ts'
