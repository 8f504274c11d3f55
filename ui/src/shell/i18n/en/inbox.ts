export const inbox = {
  unread: 'unread',
  empty: 'You are all caught up',
  emptyWhy: 'Here you are told when a card is given to you or due, or somebody writes to you.',
  markAll: 'Mark all as read',
  markOne: 'Mark as read: {title}',
  several: '{n} new notifications',
  open: 'Open',
  kinds: {
    assigned: 'Assigned to you',
    mentioned: 'You were mentioned',
    commented: 'New comment',
    due: 'Due',
    flow: 'A flow tells you',
    approval: 'Asks for your approval',
  },
}
