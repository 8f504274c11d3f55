/** About how many characters a value has as JSON. Counts no further than `most`, however large it is. */
export function sizeOf(value: unknown, most = Infinity): number {
  const left: unknown[] = [value]
  let size = 0
  while (left.length > 0 && size <= most) {
    const each = left.pop()
    if (typeof each === 'string') size += each.length
    else if (typeof each === 'object' && each !== null) {
      const entries = Array.isArray(each) ? each : Object.entries(each).flat()
      for (const part of entries) left.push(part)
    }
    size += 2
  }
  return size
}
