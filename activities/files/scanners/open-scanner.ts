import { clamdScanner } from './clamd-scanner.ts'
import type { Scanner } from './scanner.ts'

const NO_SCANNER: Scanner = { scans: false, scan: async () => null }

/** The scanner at CLAMD_ADDRESS; without one, nothing is looked at. */
export const openScanner = (address: string | undefined): Scanner =>
  address === undefined ? NO_SCANNER : clamdScanner(address)
