export { userById, userByPassword } from './users.ts'
export { sessionsOf } from './session-list.ts'
