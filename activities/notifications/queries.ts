export { inboxOf, unreadCount } from './inbox.ts'
