import type { Colour } from '#core/contracts/fields.ts'

/** The OKLCH hue of each colour; both themes take lightness and chroma from their tokens. */
const HUES: Readonly<Record<Exclude<Colour, 'grey'>, number>> = {
  red: 25,
  orange: 50,
  amber: 80,
  green: 150,
  teal: 190,
  blue: 255,
  violet: 295,
  pink: 350,
}

/** For a style binding; grey is the grey of the theme. */
export function hueOf(colour: Colour): { '--h': number | string; '--dot-c'?: number } {
  return colour === 'grey' ? { '--h': 'var(--base)', '--dot-c': 0.01 } : { '--h': HUES[colour] }
}
