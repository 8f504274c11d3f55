export { userById, userByPassword } from './users.ts'
