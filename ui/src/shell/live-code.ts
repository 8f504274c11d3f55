export { openBoardSocket } from './board-socket.ts'
export { openTabSocket } from './tab-socket.ts'
