import { z } from 'zod'

/** What a secret of a project is called, as in CRM_TOKEN. */
export const SecretName = z.string().regex(/^[A-Z][A-Z0-9_]{0,39}$/)
