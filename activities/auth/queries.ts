export { userById, userByPassword } from './users.ts'
export { sessionsOf } from './session-list.ts'
export { secondStepOf } from './second-step-view.ts'
