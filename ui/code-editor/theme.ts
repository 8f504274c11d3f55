import { editor } from 'monaco-editor/editor'
import type { ToEditor } from '../src/automation/code/to-editor.ts'

type Theme = Extract<ToEditor, { kind: 'look' }>['theme']

const dark = matchMedia('(prefers-color-scheme: dark)')
const contrast = matchMedia('(prefers-contrast: more)')
const canvas = new OffscreenCanvas(1, 1)
let chosen: Theme = 'system'

/** Shows the editor in the colours of the product, which it takes from the same tokens. */
export function showTheme(theme: Theme): void {
  chosen = theme
  const { dataset } = document.documentElement
  if (theme === 'system') delete dataset['theme']
  else dataset['theme'] = theme
  editor.defineTheme('tokens', themeOfTokens(theme === 'system' ? dark.matches : theme === 'dark'))
  editor.setTheme('tokens')
}

for (const media of [dark, contrast]) media.addEventListener('change', () => showTheme(chosen))

function themeOfTokens(isDark: boolean): editor.IStandaloneThemeData {
  const rule = (token: string, name: string) => ({ token, foreground: colour(name).slice(1) })
  return {
    base: isDark ? 'vs-dark' : 'vs',
    inherit: false,
    rules: [
      rule('', '--text'),
      rule('comment', '--text-3'),
      rule('string', '--ok'),
      rule('regexp', '--ok'),
      rule('number', '--warn'),
      rule('keyword', '--wait'),
      rule('type', '--accent'),
      rule('delimiter', '--text-2'),
      rule('identifier', '--text'),
    ],
    colors: {
      'editor.background': colour('--surface'),
      'editor.foreground': colour('--text'),
      'editorCursor.foreground': colour('--accent'),
      'editorLineNumber.foreground': colour('--text-3'),
      'editorLineNumber.activeForeground': colour('--text-2'),
      'editor.selectionBackground': colour('--selected'),
      'editor.inactiveSelectionBackground': colour('--hover'),
      'editor.findMatchBackground': colour('--selected'),
      'editor.findMatchHighlightBackground': colour('--hover'),
      'editorBracketMatch.background': colour('--hover'),
      'editorBracketMatch.border': colour('--line'),
      'editorError.foreground': colour('--bad'),
      'editorWidget.background': colour('--raised'),
      'editorWidget.foreground': colour('--text'),
      'editorWidget.border': colour('--line'),
      'editorSuggestWidget.background': colour('--raised'),
      'editorSuggestWidget.border': colour('--line'),
      'editorSuggestWidget.foreground': colour('--text'),
      'editorSuggestWidget.selectedBackground': colour('--selected'),
      'editorSuggestWidget.selectedForeground': colour('--text'),
      'editorSuggestWidget.highlightForeground': colour('--accent'),
      'editorSuggestWidget.focusHighlightForeground': colour('--accent'),
      'input.background': colour('--surface'),
      'input.foreground': colour('--text'),
      'input.border': colour('--line'),
      'scrollbarSlider.background': colour('--line'),
      'scrollbarSlider.hoverBackground': colour('--text-3'),
      'scrollbarSlider.activeBackground': colour('--text-3'),
      focusBorder: colour('--accent'),
      'widget.shadow': colour('--shade'),
    },
  }
}

/** What a token comes to in the theme that is shown, as the editor takes it: #rrggbbaa. */
function colour(token: string): string {
  const { head } = document
  head.style.color = `var(${token})`
  const pen = canvas.getContext('2d', { willReadFrequently: true })!
  pen.clearRect(0, 0, 1, 1)
  pen.fillStyle = getComputedStyle(head).color
  pen.fillRect(0, 0, 1, 1)
  const { data } = pen.getImageData(0, 0, 1, 1)
  return `#${Array.from(data, (part) => part.toString(16).padStart(2, '0')).join('')}`
}
