import type { Permission } from '#core/kernel/permissions.ts'

/** Where the words for a permission stand: a dot would name a place inside another. */
export const permissionKey = (permission: Permission) => permission.replaceAll('.', '-')
