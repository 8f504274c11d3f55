import { editor, MarkerSeverity } from 'monaco-editor/editor'
import type { CodeFault } from '../src/automation/code/from-editor.ts'
import { syntaxFault } from './syntax-fault.ts'

/** Underlines where code is first not JavaScript, and answers in which line that is. */
export function markFault(model: editor.ITextModel): CodeFault | null {
  const fault = syntaxFault(model.getValue())
  if (!fault) {
    editor.setModelMarkers(model, 'syntax', [])
    return null
  }
  const { lineNumber, column } = model.getPositionAt(fault.at)
  const marker = {
    severity: MarkerSeverity.Error,
    message: fault.why,
    startLineNumber: lineNumber,
    startColumn: column,
    endLineNumber: lineNumber,
    endColumn: column + 1,
  }
  editor.setModelMarkers(model, 'syntax', [marker])
  return { line: lineNumber, why: fault.why }
}
