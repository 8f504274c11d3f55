import { spawn } from 'node:child_process'

// Runs a command that must not outlive the starter. This process leads a group of its own, and
// takes the whole group with it when the pipe from the starter closes or its time is up.
const STOP_LIMIT_MS = 5_000

const [command, ...args] = process.argv.slice(2)
if (!command) throw new Error('Say the command to run.')

let ending = false
function end(): void {
  if (ending) return
  ending = true
  process.kill(0, 'SIGTERM')
  setTimeout(() => process.kill(0, 'SIGKILL'), STOP_LIMIT_MS)
}
process.on('SIGTERM', end)
process.stdin.resume().once('close', end)

const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] })
child.once('error', (error) => {
  console.error(error.message)
  process.exit(127)
})
child.once('exit', (code) => {
  // What the command has left behind ends with it.
  if (ending) process.kill(0, 'SIGKILL')
  process.exit(code ?? 1)
})
