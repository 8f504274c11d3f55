export const workspaces = {
  title: 'Arbeitsbereiche',
  new: 'Neuer Arbeitsbereich',
  create: 'Arbeitsbereich anlegen',
  name: 'Name',
  rename: 'Umbenennen',
  renamed: 'Der Arbeitsbereich heißt jetzt {name}',
  delete: 'Arbeitsbereich löschen',
  deleteWhy:
    'Er ist sofort für alle darin weg. 30 Tage lang findest du ihn unten und kannst ihn zurückholen.',
  typeName: 'Zum Löschen schreib seinen Namen: {name}',
  deleted: '{name} ist gelöscht',
  deletedTitle: 'Zuletzt gelöscht',
  deletedWhy: 'Arbeitsbereiche von dir, die du noch zurückholen kannst.',
  deletedNone: 'Keine.',
  keptUntil: 'Aufgehoben bis {day}',
  restore: 'Wiederherstellen',
  restored: '{name} ist wieder da',
}
