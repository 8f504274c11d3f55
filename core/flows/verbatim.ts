/**
 * What of a node's `with` is taken as it is written: a program with holes could be made another, and
 * who is asked, or how often something is done, is settled when the flow is published.
 */
export const VERBATIM: Readonly<Record<string, readonly string[]>> = {
  'code.run': ['code'],
  'http.request': ['secretHeaders'],
  'flow.call': ['flowId', 'wait'],
  approval: ['to', 'min', 'allowSelf', 'onTimeout', 'escalate'],
  'wait-for-event': ['event'],
  while: ['max'],
  retry: ['times', 'wait'],
  'for-each': ['atOnce', 'skipFailures'],
  'set-variable': ['name'],
  stop: ['as'],
}

/** Where a node's `with` holds conditions and expressions, which are looked at when they are asked. */
export const ASKED_LATER: readonly string[] = ['when', 'cases', 'cel']
