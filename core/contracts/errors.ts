import { z } from 'zod'

/**
 * Every code an answer can carry, with its HTTP status and what it means. Codes are part of the
 * published contract: they are added, never renamed. The part before the dot is what it is about.
 */
export const ERRORS = {
  'request.invalid': [400, 'The request does not have the form the contract asks for.'],
  'request.not_json': [400, 'The body is not valid JSON in UTF-8.'],
  'request.too_large': [413, 'The body is larger than 1 MB.'],
  'request.unsupported_type': [415, 'The body must be application/json.'],
  'request.not_found': [404, 'There is nothing at this address.'],
  'request.method_not_allowed': [405, 'This address does not take that method.'],
  'request.id_taken': [409, 'The id chosen for the new thing is taken.'],
  'command.too_large': [413, 'A command may hold at most 128 KB.'],
  'command.key_reused': [422, 'This Idempotency-Key was used for another command.'],
  'command.busy': [503, 'The workspace has as many commands waiting as it may. Try again shortly.'],
  'command.cancelled': [409, 'An operator ended the workflow before the action was done.'],
  'engine.away': [503, 'The workflow engine does not answer. Try again with the same key.'],
  'service.away': [503, 'A part the answer needs does not answer. Try again shortly.'],
  internal: [500, 'A fault on our side. The request id names it in the log.'],
  'auth.wrong_credentials': [401, 'The e-mail address or the password is wrong.'],
  'auth.required': [401, 'Sign in first.'],
  'auth.expired': [401, 'The session is over. Sign in again.'],
  'auth.too_many_attempts': [429, 'Too many attempts to sign in. Wait a minute.'],
  'auth.wrong_password': [403, 'The password is wrong.'],
  'auth.wrong_code': [403, 'The code is wrong, or was used before.'],
  'totp.is_on': [409, 'Signing in by two steps is on already.'],
  'totp.is_off': [409, 'Signing in by two steps is not on.'],
  'permission.denied': [403, 'Your role in this workspace does not allow it.'],
  'workspace.not_found': [404, 'There is no such workspace.'],
  'project.not_found': [404, 'There is no such project.'],
  'project.archived': [409, 'The project is archived.'],
  'project.key_taken': [409, 'Another project of the workspace has this key.'],
  'project.limit': [409, 'The workspace has as many projects as it may.'],
  'project.too_large': [409, 'The project holds too many cards to be duplicated.'],
  'board.not_found': [404, 'There is no such board.'],
  'board.archived': [409, 'The board is archived.'],
  'board.limit': [409, 'The project has as many boards as it may.'],
  'board.full': [409, 'The board holds as many cards as it may.'],
  'column.not_found': [404, 'There is no such column.'],
  'column.archived': [409, 'The column is archived.'],
  'column.limit': [409, 'The board has as many columns as it may.'],
  'column.last': [409, 'A board keeps at least one column.'],
  'column.full': [409, 'The column is at its limit of work in progress.'],
  'label.not_found': [404, 'There is no such label.'],
  'label.name_taken': [409, 'The project has a label of this name.'],
  'label.limit': [409, 'The project has as many labels as it may.'],
  'card.not_found': [404, 'There is no such card.'],
  'card.archived': [409, 'The card is archived. Restore it first.'],
  'card.deleted': [409, 'The card is deleted. Bring it back first.'],
  'card.kept_no_longer': [410, 'The card was deleted more than 30 days ago.'],
  'card.conflict': [409, 'Someone else changed the same field meanwhile.'],
  'card.label_limit': [409, 'The card has as many labels as it may.'],
  'card.assignee_limit': [409, 'The card has as many assignees as it may.'],
  'card.comment_limit': [409, 'The card has as many comments as it may.'],
  'card.checklist_limit': [409, 'The card has as many checklist items as it may.'],
  'member.not_found': [404, 'There is no such member in the workspace.'],
  'comment.not_found': [404, 'There is no such comment.'],
  'comment.not_yours': [403, 'Only the author may change a comment.'],
  'checklist.not_found': [404, 'There is no such checklist item.'],
  'notification.not_found': [404, 'There is no such notification.'],
  'job.not_found': [404, 'There is no such job.'],
  'session.not_found': [404, 'There is no such session.'],
  'undo.not_found': [404, 'There is nothing of yours to undo under this id.'],
  'undo.impossible': [409, 'This action cannot be undone.'],
  'undo.changed_since': [409, 'Someone else has since changed the same thing.'],
} as const satisfies Record<string, readonly [status: number, meaning: string]>

export type ErrorCode = keyof typeof ERRORS

/** The body of every answer that is not a success. */
export const ErrorBody = z.strictObject({
  error: z.strictObject({
    code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]),
    message: z.string(),
    requestId: z.string(),
    details: z.record(z.string(), z.unknown()),
  }),
})
export type ErrorBody = z.infer<typeof ErrorBody>
