import '@fontsource-variable/jetbrains-mono'
import '../src/styles/tokens.css'
import './page.css'
import type { ToEditor } from '../src/automation/code/to-editor.ts'
import { codeField } from './code-field.ts'
import { offerWords } from './offer-words.ts'
import { openChannel } from './open-channel.ts'
import { showTheme } from './theme.ts'

const port = await openChannel()
const field = codeField(document.querySelector<HTMLElement>('#code')!, (said) =>
  port.postMessage(said),
)
let input: unknown
offerWords(() => input)
port.onmessage = ({ data }: MessageEvent<ToEditor>) => hear(data)

function hear(said: ToEditor): void {
  switch (said.kind) {
    case 'look':
      showTheme(said.theme)
      return field.set(said.label, said.isReadOnly)
    case 'input':
      return void (input = said.input)
    case 'show':
      return field.show(said)
    case 'focus':
      return field.focus(said)
  }
}
