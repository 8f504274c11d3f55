/** Der Text einer Karte und seine Werkzeuge. */
export const text = {
  empty: 'Beschreibung schreiben, oder / für mehr …',
  tools: 'Format',
  bold: 'Fett',
  italic: 'Kursiv',
  strike: 'Durchgestrichen',
  link: 'Link',
  linkTo: 'Adresse des Links',
  setLink: 'Link setzen',
  heading1: 'Überschrift 1',
  heading2: 'Überschrift 2',
  heading3: 'Überschrift 3',
  bulletList: 'Aufzählung',
  orderedList: 'Nummerierte Liste',
  taskList: 'Aufgabenliste',
  quote: 'Zitat',
  codeBlock: 'Code',
  table: 'Tabelle',
  rule: 'Trennlinie',
  notLive: 'Nur zum Lesen, bis die Verbindung da ist.',
  blocked:
    'Hier nur zu lesen: Dieses Netz lässt keine Live-Verbindung durch. Bitte, wer es betreibt, WebSockets zuzulassen.',
  tooLarge:
    'Dieser Text hat seine 10 MB erreicht. Was zuletzt geschrieben wurde, ist nicht gespeichert: kopiere es, kürze den Text und öffne die Karte neu.',
}
