export const putAway = {
  title: 'Archiviert und gelöscht',
  kinds: {
    archivedCards: 'Archivierte Karten',
    deletedCards: 'Gelöschte Karten',
    archivedColumns: 'Archivierte Spalten',
  },
  none: {
    archivedCards: 'Keine Karte dieses Boards ist archiviert.',
    deletedCards: 'In den letzten 30 Tagen wurde keine Karte dieses Boards gelöscht.',
    archivedColumns: 'Keine Spalte dieses Boards ist archiviert.',
  },
  back: {
    archivedCards: 'Wiederherstellen',
    deletedCards: 'Zurückholen',
    archivedColumns: 'Wiederherstellen',
  },
}
