export const errors = {
  request: {
    invalid: 'Das wurde nicht angenommen, weil die Form nicht stimmt. Prüfe deine Eingabe.',
    not_json: 'Der Server konnte die Anfrage nicht lesen. Lade die Seite neu.',
    too_large: 'Das ist zu viel für eine Änderung. Kürze den Inhalt.',
    unsupported_type: 'Der Server konnte die Anfrage nicht lesen. Lade die Seite neu.',
    not_found: 'Unter dieser Adresse ist nichts. Vielleicht wurde es entfernt.',
    method_not_allowed: 'Diese Seite ist älter als der Server. Lade sie neu.',
    wrong_host: 'Die Demo antwortet nur auf diesem Rechner: öffne sie unter http://127.0.0.1.',
    cross_site: 'Diese Seite gehört nicht zum Server, darum wurde nichts geändert.',
    too_many: 'Das war viel in kurzer Zeit. Warte etwas und versuche es noch einmal.',
    id_taken: 'Das gibt es schon. Lade die Seite neu, um es zu sehen.',
  },
  command: {
    too_large: 'Das ist zu viel Text für eine Änderung. Kürze ihn.',
    key_reused: 'Diese Änderung wurde mit einer anderen verwechselt. Mach sie noch einmal.',
    busy: 'Im Arbeitsbereich warten viele Änderungen. Deine ist aufbewahrt und folgt.',
    cancelled: 'Diese Änderung wurde vom Betrieb angehalten. Mach sie bei Bedarf noch einmal.',
  },
  outbox: {
    full: 'Mehr Änderungen, als schon warten, bewahrt dieser Browser nicht auf. Mach weiter, sobald sie gespeichert sind.',
  },
  engine: {
    away: 'Die Workflow-Engine antwortet nicht. Deine Änderung ist aufbewahrt und folgt.',
  },
  service: {
    away: 'Ein Teil des Servers antwortet gerade nicht. Versuche es gleich noch einmal.',
  },
  internal: 'Der Server hatte einen Fehler; nichts wurde geändert. Bleibt er, melde die Anfrage.',
  auth: {
    wrong_credentials: 'E-Mail-Adresse oder Passwort ist falsch. Prüfe beides.',
    required: 'Du bist nicht angemeldet. Melde dich an.',
    expired: 'Deine Sitzung ist zu Ende. Melde dich neu an.',
    too_many_attempts: 'Zu viele Anmeldeversuche. Warte eine Minute.',
    session_required: 'Dafür genügt ein Token für Programme nicht: Melde dich an.',
    read_only: 'Dieses Token darf nur lesen.',
    not_managing: 'Dieses Token verwaltet keine Personen und Arbeitsbereiche.',
    wrong_password: 'Das Passwort ist falsch. Prüfe es.',
    wrong_code: 'Der Code ist falsch oder war schon benutzt. Nimm den nächsten.',
  },
  link: { over: 'Der Link ist benutzt oder abgelaufen. Fordere einen neuen an.' },
  reset: { over: 'Der Link ist benutzt oder abgelaufen. Fordere einen neuen an.' },
  password: {
    too_short: 'Das Passwort ist zu kurz. Nimm ein längeres.',
    too_common: 'Viele haben dieses Passwort oder ein ähnliches. Nimm ein anderes.',
    personal:
      'Im Passwort steht dein Name, deine Adresse oder der Name des Produkts. Nimm ein anderes.',
  },
  mail: { not_set_up: 'Diese Installation verschickt keine E-Mails. Frag, wer sie betreibt.' },
  totp: {
    is_on: 'Die Anmeldung in zwei Schritten ist schon an. Lade die Seite neu.',
    is_off: 'Die Anmeldung in zwei Schritten ist nicht an. Lade die Seite neu.',
  },
  oidc: {
    not_set_up: 'Hier meldet niemand sonst an. Nimm dein Passwort.',
    away: 'Wer dich anmelden soll, antwortet nicht. Nimm dein Passwort oder versuche es später.',
    lost: 'Das hat ein anderer Browser begonnen, oder es ist über zehn Minuten her. Beginne neu.',
    declined: 'Du wurdest dort nicht angemeldet oder hast es nicht erlaubt. Nichts wurde geändert.',
    failed: 'Was von dort kam, ist nicht zu glauben, und niemand wurde angemeldet. Beginne neu.',
    email_unverified:
      'Dort steht nicht, dass deine E-Mail-Adresse dir gehört. Bestätige sie erst dort.',
    account_exists:
      'Zu deiner Adresse gibt es ein Konto. Melde dich einmal an, um beide zu verbinden.',
    no_account: 'Hier gibt es kein Konto für dich. Bitte jemanden, dich einzuladen.',
    other_account: 'Das wurde für ein anderes Konto begonnen. Beginne neu.',
  },
  identity: {
    not_found: 'Das ist nicht mehr verbunden. Lade die Seite neu.',
    taken: 'Das gehört zu einem anderen Konto. Trenne es erst dort.',
    limit: 'Du hast 10 verbunden. Trenne erst eines.',
    last: 'Das ist dein einziger Zugang. Setze erst ein Passwort.',
  },
  account: {
    exists: 'Die Adresse hat inzwischen ein Konto. Melde dich an und nimm dort an.',
    not_found: 'Niemand hier hat diese Adresse. Prüfe, wie sie geschrieben ist.',
  },
  invitation: {
    not_found: 'Die Einladung wurde inzwischen angenommen oder zurückgenommen. Lade die Seite neu.',
    over: 'Die Einladung wurde genutzt oder zurückgenommen, oder sie ist abgelaufen. Bitte um eine neue.',
    exists:
      'Sie sind schon eingeladen: Schick den Brief noch einmal oder nimm die Einladung zurück.',
    limit: 'Es gibt 200 offene Einladungen. Nimm erst welche zurück.',
    too_soon:
      'Vor weniger als 15 Minuten ging ein Brief hinaus. Warte ein wenig, dann schick noch einen.',
    other_address: 'Die Einladung ist für eine andere Adresse als deine.',
    inviter_may_not:
      'Wer dich eingeladen hat, darf diese Rolle nicht mehr geben, also kommst du damit nicht hinein. Lass dich neu einladen.',
  },
  permission: {
    denied: 'Deine Rolle erlaubt das nicht. Ein Admin kann es tun oder deine Rolle ändern.',
  },
  workspace: {
    not_found: 'Diesen Arbeitsbereich gibt es nicht, oder du gehörst nicht dazu.',
    limit:
      'Dir gehören so viele Arbeitsbereiche, wie es geht. Lösche einen, den du nicht mehr brauchst.',
    other_name: 'So heißt der Arbeitsbereich nicht. Schreib den Namen, wie er dasteht.',
  },
  role: {
    not_found: 'Diese Rolle gibt es nicht mehr. Lade die Seite neu.',
    name_taken: 'Der Arbeitsbereich hat schon eine Rolle mit diesem Namen. Wähle einen anderen.',
    limit: 'Der Arbeitsbereich hat so viele Rollen, wie er haben darf. Lösche erst eine.',
    in_use: 'Jemand hat diese Rolle. Gib der Person erst eine andere.',
  },
  project: {
    not_found: 'Dieses Projekt gibt es nicht, oder du hast keinen Zugang.',
    archived: 'Das Projekt ist archiviert. Stelle es erst wieder her.',
    key_taken: 'Dieses Kürzel ist im Arbeitsbereich vergeben. Wähle ein anderes.',
    limit: 'Mehr Projekte darf der Arbeitsbereich nicht haben. Archiviere erst eines.',
    too_large: 'Das Projekt hat zu viele Karten für eine Kopie. Kopiere seine Boards einzeln.',
  },
  board: {
    not_found: 'Dieses Board gibt es nicht, oder du hast keinen Zugang.',
    archived: 'Das Board ist archiviert. Stelle es erst wieder her.',
    limit: 'Mehr Boards darf das Projekt nicht haben. Archiviere erst eines.',
    full: 'Mehr Karten darf das Board nicht haben. Archiviere erst einige.',
  },
  column: {
    not_found: 'Die Spalte ist fort. Wähle eine andere.',
    archived: 'Die Spalte ist archiviert. Wähle eine andere.',
    limit: 'Mehr Spalten darf das Board nicht haben. Archiviere erst eine.',
    last: 'Ein Board behält mindestens eine Spalte. Lege erst eine neue an.',
    full: 'Die Spalte ist voll. Nimm eine Karte heraus oder hebe die Grenze an.',
  },
  label: {
    not_found: 'Das Label ist fort. Wähle ein anderes.',
    name_taken: 'Das Projekt hat schon ein Label mit diesem Namen.',
    limit: 'Mehr Labels darf das Projekt nicht haben. Lösche erst eines.',
  },
  card: {
    not_found: 'Diese Karte gibt es nicht, oder du hast keinen Zugang.',
    archived: 'Die Karte ist archiviert. Stelle sie erst wieder her.',
    deleted: 'Die Karte ist gelöscht. Hole sie erst zurück.',
    kept_no_longer: 'Die Karte wurde vor mehr als 30 Tagen gelöscht und ist nicht mehr da.',
    conflict: 'Jemand hat inzwischen dasselbe Feld geändert. Wähle, was bleibt.',
    text_too_long: 'Der Text ist länger als eine Beschreibung. Bearbeite ihn als Text.',
    label_limit: 'Mehr Labels darf die Karte nicht haben. Nimm erst eines ab.',
    assignee_limit: 'Mehr Zuständige darf die Karte nicht haben.',
    comment_limit: 'Mehr Kommentare darf die Karte nicht haben.',
    attachment_limit: 'Die Karte hat 100 Dateien oder 50 MB davon und nimmt keine mehr.',
    checklist_limit: 'Länger darf die Checkliste nicht sein. Entferne erst einen Punkt.',
  },
  member: {
    not_found: 'Diese Person gehört nicht mehr zum Arbeitsbereich oder sieht das Projekt nicht.',
    not_named:
      'Sagen Sie zuerst, was Sie selbst in diesem Projekt sind; sonst sind Sie nicht mehr darin.',
    keeps_rights: 'Inhaber und Admins des Arbeitsbereichs sind das in jedem Projekt.',
    last_owner: 'Ein Arbeitsbereich behält einen Inhaber. Mach zuerst jemand anderen dazu.',
    exists: 'Sie gehören schon zum Arbeitsbereich.',
  },
  text: {
    changed: 'Inzwischen hat jemand im Text geschrieben. Sieh noch einmal hin.',
    version_not_found: 'Diese Fassung des Textes gibt es nicht.',
  },
  comment: {
    not_found: 'Der Kommentar ist fort.',
    not_yours: 'Nur wer einen Kommentar schrieb, darf ihn ändern.',
  },
  checklist: { not_found: 'Der Punkt der Checkliste ist fort.' },
  attachment: { not_found: 'Der Anhang ist fort.' },
  file: {
    not_found: 'Die Datei ist nicht mehr da. Hänge sie noch einmal an.',
    empty: 'Die Datei ist leer.',
    too_large: 'Die Datei ist größer als 10 MB.',
    type_not_allowed:
      'Dateien dieser Art werden nicht angenommen: Bilder, PDF, Dokumente, Text, ZIP und MP4 schon.',
    not_what_it_says:
      'Der Inhalt der Datei ist nicht, was ihr Name sagt. Darum wurde sie nicht angenommen.',
    infected: 'In der Datei wurde ein Virus gefunden. Darum wurde sie nicht angenommen.',
    cut_off: 'Die Datei kam nicht ganz an. Hänge sie noch einmal an.',
  },
  notification: { not_found: 'Die Mitteilung ist fort.' },
  job: { not_found: 'Diesen Auftrag gibt es nicht, oder er wird nicht mehr aufbewahrt.' },
  token: {
    not_found: 'Dieses Token ist schon beendet.',
    too_many:
      'Du hast 50 Tokens. Beende eines, das du nicht mehr brauchst, und versuche es erneut.',
  },
  flow: {
    not_found: 'Diesen Ablauf gibt es nicht mehr.',
    audit_not_readable:
      'Nur wer das Protokoll des Arbeitsbereichs lesen darf, veröffentlicht einen Ablauf, den es auslöst.',
    bot_beyond_rights:
      'Der Bot eines Ablaufs darf, was Mitglieder seines Projekts dürfen. Lass ihn jemanden veröffentlichen, der das auch darf.',
    invalid: 'Der Ablauf kann noch nicht veröffentlicht werden. Behebe, was markiert ist.',
    comment_limit: 'Der Ablauf hat 500 Kommentare, mehr nimmt er nicht. Lösche erst einige.',
    changed:
      'Jemand hat den Ablauf inzwischen geändert. Sieh ihn noch einmal an und versuch es erneut.',
    limit:
      'Das Projekt hat so viele Abläufe, wie es haben darf. Lösche einen, den du nicht mehr brauchst.',
    too_large: 'Der Ablauf ist zu groß. Verschiebe Teile in einen Ablauf, den er aufruft.',
    not_published: 'Von diesem Ablauf gibt es noch keine Version. Veröffentliche ihn zuerst.',
    version_not_found: 'Diese Version des Ablaufs gibt es nicht.',
    step_not_found: 'Diesen Schritt hat der Ablauf nicht mehr.',
    template_not_found: 'Diese Vorlage gibt es nicht mehr. Wähle eine andere.',
  },
  sample: {
    not_found: 'Woran ausprobiert werden sollte, gibt es nicht mehr. Wähle etwas anderes.',
  },
  run: {
    not_found: 'Diesen Lauf gibt es nicht mehr.',
    throttled:
      'Der Ablauf hatte in der letzten Stunde so viele Läufe, wie er haben darf. Beginne den Lauf später oder erlaube mehr.',
    not_over: 'Der Lauf ist noch unterwegs. Brich ihn zuerst ab oder warte auf sein Ende.',
    step_not_found: 'Von diesem Schritt aus geht der Lauf nicht weiter. Beginne ihn neu.',
  },
  approval: {
    not_found: 'Auf diese Antwort wartet nichts mehr.',
    not_yours: 'Du gehörst nicht zu denen, die gefragt sind.',
    answered: 'Das ist schon beantwortet, oder die Zeit ist um.',
  },
  hook: {
    not_found: 'Unter dieser Adresse nimmt kein Ablauf Nachrichten an.',
    not_signed:
      'Die Nachricht ist nicht mit dem Geheimnis des Ablaufs unterschrieben, oder vor zu langer Zeit.',
  },
  button: { not_found: 'Kein eingeschalteter Ablauf hat diesen Knopf mehr.' },
  secret: {
    limit: 'Das Projekt hat so viele Geheimnisse, wie es haben darf. Lösche zuerst eines.',
    not_found: 'Dieses Geheimnis gibt es nicht mehr.',
    in_use: 'Abläufe benutzen dieses Geheimnis. Ändere sie zuerst, oder lösche es trotzdem.',
  },
  host: { limit: 'Das Projekt erlaubt so viele Server, wie es darf. Nimm zuerst einen weg.' },
  delivery: { not_found: 'Diese Nachricht wurde schon erneut gesendet oder ist nicht mehr da.' },
  session: { not_found: 'Diese Anmeldung gibt es nicht mehr.' },
  undo: {
    not_found: 'Hier gibt es nichts von dir zurückzunehmen.',
    impossible: 'Das lässt sich nicht zurücknehmen.',
    changed_since: 'Jemand hat dasselbe seither geändert; es bleibt, wie es ist.',
  },
  network: { away: 'Der Server ist nicht erreichbar. Prüfe die Verbindung.' },
  answer: { strange: 'Der Server antwortete etwas Unerwartetes. Lade die Seite neu.' },
}
