export const inbox = {
  unread: 'ungelesen',
  empty: 'Alles gelesen',
  emptyWhy: 'Hier steht, wenn dir eine Karte gegeben oder fällig wird oder dir jemand schreibt.',
  markAll: 'Alle als gelesen markieren',
  markOne: 'Als gelesen markieren: {title}',
  several: '{n} neue Mitteilungen',
  open: 'Öffnen',
  kinds: {
    assigned: 'Dir zugewiesen',
    mentioned: 'Du wurdest erwähnt',
    commented: 'Neuer Kommentar',
    due: 'Fällig',
    flow: 'Ein Ablauf sagt dir',
    approval: 'Bittet um deine Freigabe',
  },
}
