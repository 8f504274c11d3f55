export const putAway = {
  title: 'Archived and deleted',
  kinds: {
    archivedCards: 'Archived cards',
    deletedCards: 'Deleted cards',
    archivedColumns: 'Archived columns',
  },
  none: {
    archivedCards: 'No card of this board is archived.',
    deletedCards: 'No card of this board was deleted in the last 30 days.',
    archivedColumns: 'No column of this board is archived.',
  },
  back: { archivedCards: 'Restore', deletedCards: 'Bring back', archivedColumns: 'Restore' },
}
