/** How long something took, short: «0.3 s», «4 min», «2 h», «3 d». */
export const durationOf = (from: string, to: string): string =>
  msText(Date.parse(to) - Date.parse(from))

/** The same of milliseconds. */
export function msText(ms: number): string {
  const s = ms / 1_000
  if (s < 10) return `${Math.max(s, 0).toFixed(1)} s`
  if (s < 60) return `${Math.round(s)} s`
  if (s < 3_600) return `${Math.round(s / 60)} min`
  return s < 172_800 ? `${Math.round(s / 3_600)} h` : `${Math.round(s / 86_400)} d`
}
