export { identitiesOf, userByIdentity } from './identity-list.ts'
export { userById, userByPassword, userIdByEmail } from './users.ts'
export { sessionsOf } from './session-list.ts'
export { secondStepOf } from './second-step-view.ts'
