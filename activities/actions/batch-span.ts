import type { ActionBatch } from '#core/contracts/command.ts'
import { ATTRIBUTE } from '#core/platform/span-attributes.ts'
import { SpanKind, type NewSpan } from '#core/platform/span.ts'
import type { Execution } from './store-effects.ts'

const REQUEST_IDS_MAX = 100

/** The span of a batch, which follows from the requests that asked for it. */
export function batchSpan(
  { workspaceId, commands }: ActionBatch,
  { workflowId, attempt }: Execution,
): NewSpan {
  return {
    name: 'applyBatch',
    kind: SpanKind.INTERNAL,
    causes: commands.flatMap(({ traceparent }) => traceparent ?? []),
    attributes: {
      [ATTRIBUTE.workflowId]: workflowId,
      [ATTRIBUTE.attempt]: attempt,
      [ATTRIBUTE.workspaceId]: workspaceId,
      [ATTRIBUTE.commands]: commands.length,
      [ATTRIBUTE.actions]: [...new Set(commands.map(({ type }) => type))],
      [ATTRIBUTE.requestIds]: commands.slice(0, REQUEST_IDS_MAX).map(({ requestId }) => requestId),
    },
  }
}
