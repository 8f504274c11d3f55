const HOST =
  /^(\*\.)?(?=.{1,253}(?::|$))[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*(?::(\d{1,5}))?$/

/** Whether a text is a host as the list of allowed ones has it: `a.example`, `*.a.example`, `a.example:8443`. */
export const isHostEntry = (text: string): boolean => {
  const found = HOST.exec(text)
  const port = found?.[2]
  return found !== null && (port === undefined || (Number(port) > 0 && Number(port) < 65_536))
}
