/** Limits of what people write. Each is told in the refusal it causes. */
export const TITLE_CHARS_MAX = 200
export const DESCRIPTION_CHARS_MAX = 50_000
export const COMMENT_CHARS_MAX = 10_000
export const CHECKLIST_TEXT_CHARS_MAX = 500
export const NAME_CHARS_MAX = 80
export const LABEL_NAME_CHARS_MAX = 40
export const POINTS_MIN = 1
export const POINTS_MAX = 21

/** Limits of how many there may be. */
export const ROLES_PER_WORKSPACE_MAX = 50
/** Of one person's, with those they can still bring back. */
export const WORKSPACES_OWNED_MAX = 20
export const INVITATIONS_PER_WORKSPACE_MAX = 200
export const INVITED_AT_ONCE_MAX = 20
export const PROJECTS_PER_WORKSPACE_MAX = 200
export const BOARDS_PER_PROJECT_MAX = 100
export const COLUMNS_PER_BOARD_MAX = 50
export const CARDS_PER_BOARD_MAX = 10_000
/** A project with more open cards is not duplicated. */
export const PROJECT_COPY_CARDS_MAX = 20_000
export const LABELS_PER_PROJECT_MAX = 200
export const LABELS_PER_CARD_MAX = 20
export const ASSIGNEES_PER_CARD_MAX = 20
export const MENTIONS_PER_COMMENT_MAX = 20
/** Of the words a comment is about. */
export const QUOTE_CHARS_MAX = 200
export const COMMENTS_PER_CARD_MAX = 5_000
export const CHECKLIST_ITEMS_PER_CARD_MAX = 200
export const ATTACHMENTS_PER_CARD_MAX = 100
export const WIP_LIMIT_MAX = 1_000
export const COMMANDS_PER_GESTURE_MAX = 500
/** Of the cards somebody carries, so many are shown to the others. */
export const CARRIED_SHOWN_MAX = 50
/** In a text that more people have open, nobody sees where the others write. */
export const CARETS_SHOWN_MAX = 50
/** Of the people who are online in a workspace, so many are named. */
export const ONLINE_SHOWN_MAX = 200

/** A deleted card or workspace can be brought back for so long. */
export const DELETED_KEPT_DAYS = 30

/** Limits of invitations and of the letters that bear them. */
export const INVITATION_KEPT_DAYS = 7
export const INVITATION_LETTERS_PER_HOUR_MAX = 100
export const INVITATION_LETTERS_PER_ADDRESS_MAX = 5
/** The same person is written to again no sooner. */
export const INVITATION_AGAIN_AFTER_S = 15 * 60

/** Limits of files. */
export const FILE_BYTES_MAX = 10 * 1024 * 1024
export const ATTACHMENTS_BYTES_PER_CARD_MAX = 50 * 1024 * 1024
export const FILE_NAME_CHARS_MAX = 120
/** A file that was sent can be attached for so long; what was not is cleared away a while later. */
export const FILE_ATTACHABLE_HOURS = 12

/** Limits of the text of a card: one change while it is open, all that was written while away, the whole. */
export const TEXT_UPDATE_BYTES_MAX = 1024 * 1024
export const TEXT_SYNC_BYTES_MAX = 10 * 1024 * 1024
export const TEXT_BYTES_MAX = 10 * 1024 * 1024
/** How many things of a text may stand in each other: a list in a list takes two. */
export const TEXT_DEPTH_MAX = 200
/** Of the mentions in a text so many are told, over all time. */
export const MENTIONS_PER_TEXT_MAX = 500

/** Further behind than this, reading a board anew is cheaper than being told what happened. */
export const RESUME_EVENTS_MAX = 1_000

/** Limits of the command path. */
export const COMMAND_BYTES_MAX = 128 * 1024
export const BATCH_COMMANDS_MAX = 64
export const BATCH_BYTES_MAX = 256 * 1024
export const REQUEST_BYTES_MAX = 1024 * 1024
export const PAGE_SIZE_DEFAULT = 20
export const PAGE_SIZE_MAX = 100
export const SEARCH_CHARS_MAX = 200
