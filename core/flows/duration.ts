const DURATION =
  /^P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?=\d)(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?)?$/
const UNITS_MS = [604_800_000, 86_400_000, 3_600_000, 60_000, 1_000]

/** Milliseconds of an ISO 8601 duration in weeks to seconds, such as P2D or PT15M; or null. */
export function durationMs(text: string): number | null {
  const parts = DURATION.exec(text)?.slice(1)
  if (!parts || parts.every((part) => part === undefined)) return null
  return parts.reduce((sum, part, at) => sum + Number(part ?? 0) * UNITS_MS[at]!, 0)
}
