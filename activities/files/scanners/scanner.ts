/** Looks for viruses in a file on disk. */
export interface Scanner {
  /** False where no scanner is set up: files are then taken, and shown as not looked at. */
  readonly scans: boolean
  /** What was found in it, in the scanner's words; null for nothing. Throws when it does not say. */
  scan(path: string): Promise<string | null>
}
