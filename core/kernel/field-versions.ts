/**
 * For each field of a row: the version that last wrote it, and the version its value comes from.
 * They differ only after an undo, which writes anew but brings an older value back. A field that
 * was never changed has both at 1, the version the row was made with.
 */
export type FieldVersions = Readonly<Record<string, readonly [changedAt: number, origin: number]>>

export interface Versioned {
  readonly version: number
  readonly fieldVersions: FieldVersions
}

export const changedAt = (row: Versioned, field: string): number =>
  row.fieldVersions[field]?.[0] ?? 1

export const originOf = (row: Versioned, field: string): number =>
  row.fieldVersions[field]?.[1] ?? 1

/** The row's next version, with `fields` written in it; `origins` says which values come from before. */
export function nextVersion(
  row: Versioned,
  fields: readonly string[],
  origins: Readonly<Record<string, number>> = {},
): Versioned {
  const version = row.version + 1
  const written = fields.map((field) => [field, [version, origins[field] ?? version]] as const)
  return { version, fieldVersions: { ...row.fieldVersions, ...Object.fromEntries(written) } }
}

/** The fields of `expected` whose value is no longer the one it names; '*' stands for every field. */
export function changedSince(row: Versioned, expected: Readonly<Record<string, number>>): string[] {
  const everyField = Object.keys(row.fieldVersions)
  return Object.entries(expected).flatMap(([field, origin]) =>
    (field === '*' ? everyField : [field]).filter((each) => originOf(row, each) !== origin),
  )
}
