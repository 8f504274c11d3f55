import { receiveFile, tooLarge } from '#activities/files/receive-file.ts'
import { attachmentById } from '#activities/kanban/queries.ts'
import { FileAsked, FileView } from '#core/contracts/files.ts'
import { FILE_BYTES_MAX } from '#core/kernel/limits.ts'
import { CARD_RULES } from '#core/kernel/permissions.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { ofVisible } from '../guards.ts'
import { endWithAnswer, takeLong } from '../http-server.ts'
import { refuse } from '../refuse.ts'
import { route, type Route } from '../route.ts'

/** Browsers show these without running anything in them. */
const SHOWN_IN_PLACE = /^image\//

export const files: readonly Route[] = [
  route({
    method: 'post',
    path: '/cards/:cardId/files',
    summary: 'Send a file as the whole body, to be put on a card by `attachment.add`',
    ...CARD_RULES.work,
    query: FileAsked,
    takesFile: true,
    status: 201,
    answer: FileView,
    refusals: [
      'card.not_found',
      'permission.denied',
      'file.empty',
      'file.too_large',
      'file.type_not_allowed',
      'file.not_what_it_says',
      'file.infected',
      'file.cut_off',
      'service.away',
    ],
    async handle(call) {
      const { ctx, parts, params, query, userId } = call
      const { workspaceId } = await ofVisible(
        call,
        ['card', params.cardId],
        async (_, card) => card,
      )
      try {
        if (Number(ctx.get('content-length')) > FILE_BYTES_MAX) throw tooLarge()
        takeLong(ctx.req)
        const sent = { workspaceId, userId, name: query.name, body: ctx.req }
        return await receiveFile({ database: parts.database, ...parts.files }, sent)
      } catch (error) {
        if (error instanceof Refusal) endWithAnswer(ctx.req, ctx.res)
        throw error
      }
    },
  }),
  route({
    method: 'get',
    path: '/attachments/:attachmentId/content',
    summary: 'The bytes of a file on a card, or a redirect to where they are',
    answer: null,
    refusals: ['attachment.not_found'],
    async handle(call) {
      const { ctx, parts, params } = call
      const found = await ofVisible(call, ['attachment', params.attachmentId], (db) =>
        attachmentById(db, params.attachmentId),
      )
      if (!found) throw refuse('attachment.not_found')
      ctx.attachment(found.name, {
        type: SHOWN_IN_PLACE.test(found.mediaType) ? 'inline' : 'attachment',
      })
      const disposition = ctx.response.get('content-disposition')
      const given = { mediaType: found.mediaType, disposition }
      const content = await parts.files.store.read(found.id, given)
      if (content instanceof URL) {
        ctx.remove('content-disposition')
        ctx.redirect(content.href)
        return undefined
      }
      ctx.body = content
      ctx.type = found.mediaType
      ctx.length = found.bytes
      // Opened by itself, whatever it is, it is of no origin and runs nothing.
      ctx.set('content-security-policy', "sandbox; default-src 'none'")
      return undefined
    },
  }),
]
