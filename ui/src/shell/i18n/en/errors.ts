/** What is told for each code: what happened, why, and what to do next. */
export const errors = {
  request: {
    invalid: 'That was not accepted, because it does not have the expected form. Check your input.',
    not_json: 'The server could not read what this page sent. Reload the page and try again.',
    too_large: 'That is too much for one change. Make it shorter.',
    unsupported_type: 'The server could not read what this page sent. Reload the page.',
    not_found: 'There is nothing at this address. It may have been removed.',
    method_not_allowed: 'This page is older than the server. Reload it.',
    cross_site: 'This page is not one of the server’s own, so nothing was changed.',
    too_many: 'That was a lot in a short time. Wait a little and try again.',
    id_taken: 'This was already made. Reload the page to see it.',
  },
  command: {
    too_large: 'That is too much text for one change. Make it shorter.',
    key_reused: 'This change was mixed up with another one. Make it again.',
    busy: 'The workspace has many changes waiting. Yours is kept and tried again.',
    cancelled: 'An operator stopped this change before it was done. Make it again if you need it.',
  },
  engine: {
    away: 'The workflow engine does not answer. Your change is kept and tried again.',
  },
  service: {
    away: 'A part of the server does not answer just now. Try again in a moment.',
  },
  internal:
    'The server had a fault and nothing was changed. Try again; if it stays, report the request.',
  auth: {
    wrong_credentials: 'The e-mail address or the password is wrong. Check both and try again.',
    required: 'You are not signed in. Sign in and try again.',
    expired: 'Your session is over. Sign in again.',
    too_many_attempts: 'Too many attempts to sign in. Wait a minute and try again.',
    session_required: 'A token for programs is not enough for this: sign in.',
    read_only: 'This token may only read.',
    wrong_password: 'The password is wrong. Check it.',
    wrong_code: 'The code is wrong, or was used before. Take the next one.',
  },
  reset: { over: 'The link was used or is over. Ask for a new one.' },
  password: {
    too_short: 'The password is too short. Take a longer one.',
    too_common: 'Many people have this password, or one like it. Take another.',
    personal:
      'The password holds your name, your address or the name of this product. Take another.',
  },
  mail: { not_set_up: 'This installation sends no e-mail. Ask whoever runs it.' },
  totp: {
    is_on: 'Signing in by two steps is on already. Reload the page.',
    is_off: 'Signing in by two steps is not on. Reload the page.',
  },
  oidc: {
    not_set_up: 'Nobody else signs people in here. Use your password.',
    away: 'Who would sign you in does not answer. Use your password, or try again later.',
    lost: 'This was begun in another browser, or more than ten minutes ago. Begin again.',
    declined: 'You were not signed in there, or did not allow it. Nothing was changed.',
    failed: 'What came back from there cannot be believed, so nobody was signed in. Begin again.',
    email_unverified:
      'It is not said there that your e-mail address is yours. Confirm it there first.',
    account_exists: 'Your address has an account here. Sign in to it once, to link the two.',
    no_account: 'There is no account for you here. Ask somebody to invite you.',
    other_account: 'This was begun for another account. Begin again.',
  },
  identity: {
    not_found: 'That is not linked any more. Reload the page.',
    taken: 'That belongs to another account. Unlink it there first.',
    limit: 'You have linked 10. Unlink one first.',
    last: 'That is your only way in. Set a password first.',
  },
  permission: {
    denied:
      'Your role in this workspace does not allow it. An admin can do it or change your role.',
  },
  workspace: { not_found: 'There is no such workspace, or you are not a member of it.' },
  project: {
    not_found: 'There is no such project, or you have no access to it.',
    archived: 'The project is archived. Restore it first.',
    key_taken: 'Another project of the workspace has this key. Choose a different one.',
    limit: 'The workspace has as many projects as it may. Archive one first.',
    too_large: 'The project holds too many cards to be duplicated at once. Duplicate its boards.',
  },
  board: {
    not_found: 'There is no such board, or you have no access to it.',
    archived: 'The board is archived. Restore it first.',
    limit: 'The project has as many boards as it may. Archive one first.',
    full: 'The board holds as many cards as it may. Archive some first.',
  },
  column: {
    not_found: 'The column is gone. Choose another one.',
    archived: 'The column is archived. Choose another one.',
    limit: 'The board has as many columns as it may. Archive one first.',
    last: 'A board keeps at least one column. Add another one first.',
    full: 'The column is at its limit. Move a card out of it, or raise the limit.',
  },
  label: {
    not_found: 'The label is gone. Choose another one.',
    name_taken: 'The project has a label of this name. Choose a different one.',
    limit: 'The project has as many labels as it may. Delete one first.',
  },
  card: {
    not_found: 'There is no such card, or you have no access to it.',
    archived: 'The card is archived. Restore it first.',
    deleted: 'The card is deleted. Bring it back first.',
    kept_no_longer: 'The card was deleted more than 30 days ago and is no longer kept.',
    conflict: 'Someone else changed the same field meanwhile. Choose which one stays.',
    label_limit: 'The card has as many labels as it may. Take one off first.',
    assignee_limit: 'The card has as many assignees as it may. Take one off first.',
    comment_limit: 'The card has as many comments as it may.',
    attachment_limit: 'The card holds 100 files, or 50 MB of them, and takes no more.',
    checklist_limit: 'The checklist is as long as it may be. Remove an item first.',
  },
  member: {
    not_found: 'This person is no longer in the workspace.',
    last_owner: 'A workspace keeps an owner. Make somebody else one first.',
  },
  comment: {
    not_found: 'The comment is gone.',
    not_yours: 'Only its author may change a comment.',
  },
  checklist: { not_found: 'The checklist item is gone.' },
  attachment: { not_found: 'The attachment is gone.' },
  file: {
    not_found: 'The file is no longer kept. Attach it again.',
    empty: 'The file is empty.',
    too_large: 'The file is larger than 10 MB.',
    type_not_allowed:
      'Files of this type are not taken: pictures, PDF, documents, text, ZIP and MP4 are.',
    not_what_it_says: 'The content of the file is not what its name says, so it was not taken.',
    infected: 'A virus was found in the file, so it was not taken.',
    cut_off: 'The file did not arrive whole. Attach it again.',
  },
  notification: { not_found: 'The notification is gone.' },
  job: { not_found: 'There is no such job; its outcome may no longer be kept.' },
  token: {
    not_found: 'That token has ended already.',
    too_many: 'You have 50 tokens. End one you no longer need and try again.',
  },
  session: { not_found: 'That session is over already.' },
  undo: {
    not_found: 'There is nothing of yours to take back here.',
    impossible: 'This cannot be taken back.',
    changed_since: 'Someone else has since changed the same thing, so it stays as it is.',
  },
  network: { away: 'The server cannot be reached. Check the connection and try again.' },
  answer: { strange: 'The server answered something unexpected. Reload the page and try again.' },
}
