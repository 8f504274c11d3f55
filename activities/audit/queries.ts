export { trail } from './trail.ts'
