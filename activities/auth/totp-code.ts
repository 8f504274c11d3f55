import { generateSecret, generateURI, verify } from 'otplib'

const ISSUER = 'ProjectFlow'
const STEP_S = 30

/** 160 random bits in base32, to be kept by the person's app and, sealed, by us. */
export const newTotpSecret = (): string => generateSecret()

/** What an app reads as a QR code: `otpauth://totp/...`. */
export const totpUri = (secret: string, email: string): string =>
  generateURI({ issuer: ISSUER, label: email, secret })

/** Which 30 seconds since 1970 six digits are of: now, the ones before or the ones after; else null. */
export async function stepOfCode(secret: string, code: string): Promise<number | null> {
  const found = await verify({ secret, token: code, epochTolerance: STEP_S })
  return found.valid && 'timeStep' in found ? found.timeStep : null
}
