/** The page in which code of flows is written; see api/middleware/code-editor.ts for what it may do. */
const language = location.hash.slice(1)
document.documentElement.lang = language
// The editor reads its words once, when its code is read.
if (language === 'de') await import('monaco-editor/nls/lang/de')
await import('./start.ts')

export {}
