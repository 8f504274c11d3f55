export const conflict = {
  title: 'Jemand anderes hat das auch geändert',
  why: 'Während du {card} geändert hast, wurde dasselbe schon gespeichert. Was bleibt?',
  mine: 'Deines',
  theirs: 'Das andere',
  keepMine: 'Meines behalten',
  keepTheirs: 'Das andere behalten',
  edit: 'Bearbeiten',
  compare: 'Vergleichen',
  fields: {
    title: 'Titel',
    description: 'Beschreibung',
    dueOn: 'Fällig',
    priority: 'Priorität',
    points: 'Punkte',
    colour: 'Farbe',
  },
}
