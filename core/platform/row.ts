import { Model, snakeCaseMappers } from 'objection'
import type { FieldVersions } from '#core/kernel/field-versions.ts'

/** Base of the Objection models: properties in camel case, columns in snake case. */
class Row extends Model {
  static override columnNameMappers = snakeCaseMappers()
}

/** A row people edit. Columns are `declare`d: a real field would sit as `undefined` on partial rows. */
export class VersionedRow extends Row {
  static override jsonAttributes = ['fieldVersions']

  declare id: string
  declare workspaceId: string
  declare version: number
  declare fieldVersions: FieldVersions
}
