export { lettersKept } from './demo-mailbox.ts'
