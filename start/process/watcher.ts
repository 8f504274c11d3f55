import { stopLeftovers } from './running.ts'

// A process that outlives the starter by a moment: when the pipe between them closes, the starter
// is gone, be it by kill -9, and what it ran is stopped.
const [file, starter] = process.argv.slice(2)
if (!file || !starter) throw new Error('Say the list of what runs, and who writes it.')
process.stdin.resume().once('close', () => void stopLeftovers(file, starter))
