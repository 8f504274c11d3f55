/** Changes the server has not taken, and what can be done about them. */
export const unsaved = {
  look: 'Look',
  giveUp: 'Discard',
  copy: 'Copy the text',
  copied: 'Copied',
  text: {
    what: 'Description',
    gone: 'The card was deleted for good, or is not open to you any more. Copy what you still need.',
    readOnly: 'You may not write on this card any more. Copy what you still need.',
    tooLarge: 'The description is full. Copy what you still need, and shorten it.',
  },
  leave: {
    title: 'Sign out? {n} change is not saved | Sign out? {n} changes are not saved',
    why: 'Changes are sent as soon as the server takes them. Once you have signed out, this browser keeps none of them.',
  },
  refused: 'A change you made earlier was not accepted',
  why: {
    kept: 'These changes are kept in this browser, also when you close the page. They are sent in this order as soon as the server can be reached.',
    unkept:
      'This browser lets the page keep nothing, as in a private window or on a full disk. These changes end with this window: leave it open until they are saved.',
    failed: 'These changes are not saved. Try again, or discard what you do not need any more.',
  },
  did: {
    card: {
      create: 'New card',
      edit: 'Changed',
      move: 'Moved',
      assign: 'Assigned',
      unassign: 'Assignment removed',
      label: 'Label added',
      unlabel: 'Label removed',
      archive: 'Archived',
      restore: 'Restored',
      delete: 'Deleted',
      recover: 'Brought back',
    },
    text: { restore: 'Description brought back', name: 'Description named' },
    comment: {
      resolve: 'Comment settled',
      reopen: 'Comment opened again',
      add: 'Comment',
      edit: 'Comment changed',
      delete: 'Comment deleted',
      recover: 'Comment brought back',
    },
    checklist: {
      add: 'Checklist item',
      edit: 'Checklist item changed',
      move: 'Checklist item moved',
      remove: 'Checklist item removed',
      recover: 'Checklist item brought back',
    },
    attachment: {
      add: 'File attached',
      remove: 'File removed',
      recover: 'File brought back',
    },
    column: {
      create: 'New column',
      rename: 'Column renamed',
      move: 'Column moved',
      limit: 'Column limit',
      archive: 'Column archived',
      restore: 'Column restored',
    },
    undo: 'Taken back',
  },
}
