import { kept } from './kept.ts'

export const DENSITIES = ['compact', 'regular', 'loose'] as const
export type Density = (typeof DENSITIES)[number]

export const DENSITY_KEY = 'density'

/** How much the person wants on the screen at once. */
export function chosenDensity(): Density {
  return DENSITIES.find((name) => name === kept(DENSITY_KEY)) ?? 'regular'
}

/** Needs no framework, so that nothing moves after the first paint. */
export function showDensity(density: Density): void {
  document.documentElement.dataset['density'] = density
}
