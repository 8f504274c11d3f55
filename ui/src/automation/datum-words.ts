import { t, te } from '../shell/i18n/i18n.ts'
import type { Datum } from './reachable.ts'
import { stepTitle } from './step-words.ts'

/** What a value is called. */
export function datumName({ path, from }: Datum): string {
  const name = path.split('.').at(-1)!
  const key = typeof from === 'string' ? `designer.data.${from}_${name}` : ''
  if (te(key)) return t(key)
  return te(`designer.data.${name}`) ? t(`designer.data.${name}`) : name
}

/** Where a value comes from. */
export const datumSource = ({ from }: Datum): string =>
  typeof from === 'string' ? t(`designer.from.${from}`) : stepTitle(from)
