import { getQuickJS, shouldInterruptAfterDeadline } from 'quickjs-emscripten'

const MEMORY_BYTES_MAX = 128 * 1024 * 1024
const STACK_BYTES_MAX = 1024 * 1024
const MESSAGE_CHARS_MAX = 500

export interface CodeAsked {
  readonly code: string
  readonly input: unknown
  readonly timeLimitMs: number
}

/**
 * What a program returns, as JSON. It runs in an engine of its own, compiled to WebAssembly, in which
 * there is the language and nothing else: no files, no network, no process, no timers.
 */
export async function evaluate({ code, input, timeLimitMs }: CodeAsked): Promise<string> {
  const runtime = (await getQuickJS()).newRuntime()
  runtime.setMemoryLimit(MEMORY_BYTES_MAX)
  runtime.setMaxStackSize(STACK_BYTES_MAX)
  runtime.setInterruptHandler(shouldInterruptAfterDeadline(Date.now() + timeLimitMs))
  const context = runtime.newContext()
  const given = JSON.stringify(JSON.stringify(input))
  const program = `(() => { const input = JSON.parse(${given});
const result = (function () {
${code}
})();
return JSON.stringify(result === undefined ? null : result) ?? 'null' })()`
  const answer = context.evalCode(program, 'step.js')
  if (answer.error) throw new Error(messageOf(context.dump(answer.error), timeLimitMs))
  return context.getString(answer.value)
}

function messageOf(thrown: unknown, timeLimitMs: number): string {
  const { name, message } = (thrown ?? {}) as { name?: string; message?: string }
  if (message === 'interrupted') {
    return `It ran for longer than ${timeLimitMs / 1_000} seconds: let it do less.`
  }
  const text = name === undefined ? String(thrown) : `${name}: ${message}`
  return text.slice(0, MESSAGE_CHARS_MAX)
}
