import { config } from 'zod'

// The page's content policy forbids to make code of texts, and even to try: read this before any schema.
config({ jitless: true })
