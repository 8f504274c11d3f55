import { randomBytes } from 'node:crypto'

/** 32 random bytes in base64url, as every key of the settings is. */
export const aKey = () => randomBytes(32).toString('base64url')
