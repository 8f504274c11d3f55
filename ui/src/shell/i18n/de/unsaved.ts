export const unsaved = {
  look: 'Ansehen',
  giveUp: 'Verwerfen',
  copy: 'Text kopieren',
  copied: 'Kopiert',
  text: {
    what: 'Beschreibung',
    gone: 'Die Karte wurde endgültig gelöscht oder ist dir nicht mehr zugänglich. Kopiere, was du noch brauchst.',
    readOnly: 'Du darfst auf dieser Karte nicht mehr schreiben. Kopiere, was du noch brauchst.',
    tooLarge: 'Die Beschreibung ist voll. Kopiere, was du noch brauchst, und kürze sie.',
  },
  leave: {
    title:
      'Abmelden? {n} Änderung ist nicht gespeichert | Abmelden? {n} Änderungen sind nicht gespeichert',
    why: 'Änderungen gehen hinaus, sobald der Server sie annimmt. Nach dem Abmelden bewahrt dieser Browser keine davon auf.',
  },
  refused: 'Eine frühere Änderung von dir wurde nicht angenommen',
  why: {
    kept: 'Diese Änderungen sind in diesem Browser aufbewahrt, auch wenn du die Seite schließt. Sie gehen in dieser Reihenfolge hinaus, sobald der Server zu erreichen ist.',
    unkept:
      'Dieser Browser lässt die Seite nichts aufbewahren, etwa im privaten Fenster oder weil der Speicher voll ist. Diese Änderungen enden mit diesem Fenster: Lass es offen, bis sie gespeichert sind.',
    failed:
      'Diese Änderungen sind nicht gespeichert. Versuche es noch einmal oder verwirf, was du nicht mehr brauchst.',
  },
  did: {
    card: {
      create: 'Neue Karte',
      edit: 'Geändert',
      move: 'Verschoben',
      assign: 'Zugewiesen',
      unassign: 'Zuweisung entfernt',
      label: 'Label hinzugefügt',
      unlabel: 'Label entfernt',
      archive: 'Archiviert',
      restore: 'Wiederhergestellt',
      delete: 'Gelöscht',
      recover: 'Zurückgeholt',
    },
    text: { restore: 'Beschreibung zurückgeholt', name: 'Beschreibung benannt' },
    comment: {
      resolve: 'Kommentar erledigt',
      reopen: 'Kommentar wieder geöffnet',
      add: 'Kommentar',
      edit: 'Kommentar geändert',
      delete: 'Kommentar gelöscht',
      recover: 'Kommentar zurückgeholt',
    },
    checklist: {
      add: 'Listenpunkt',
      edit: 'Listenpunkt geändert',
      move: 'Listenpunkt verschoben',
      remove: 'Listenpunkt entfernt',
      recover: 'Listenpunkt zurückgeholt',
    },
    attachment: {
      add: 'Datei angehängt',
      remove: 'Datei entfernt',
      recover: 'Datei zurückgeholt',
    },
    column: {
      create: 'Neue Spalte',
      rename: 'Spalte umbenannt',
      move: 'Spalte verschoben',
      limit: 'Grenze der Spalte',
      archive: 'Spalte archiviert',
      restore: 'Spalte wiederhergestellt',
    },
    undo: 'Zurückgenommen',
  },
}
