export { inboxMarks } from './inbox-marks.ts'
export { inboxOf, unreadCount } from './inbox.ts'
