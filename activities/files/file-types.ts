import { extensionOf } from '#core/kernel/file-name.ts'

/** A type of file that is taken: what it is sent as, and what its first bytes are found to be. */
export interface FileType {
  readonly mediaType: string
  /** Extensions in the words of the library file-type; null for text, which has no such bytes. */
  readonly magic: readonly string[] | null
}

const office = (name: string) => `application/vnd.openxmlformats-officedocument.${name}`
const open = (name: string) => `application/vnd.oasis.opendocument.${name}`
const of = (mediaType: string, ...magic: string[]): FileType => ({ mediaType, magic })
/** Never said to be more than text, whatever it holds. */
const TEXT: FileType = { mediaType: 'text/plain; charset=utf-8', magic: null }

/** What may be attached, by extension. Nothing a browser runs: no HTML, SVG, XML or script. */
const TYPES: ReadonlyMap<string, FileType> = new Map(
  Object.entries({
    png: of('image/png', 'png', 'apng'),
    jpg: of('image/jpeg', 'jpg'),
    jpeg: of('image/jpeg', 'jpg'),
    gif: of('image/gif', 'gif'),
    webp: of('image/webp', 'webp'),
    pdf: of('application/pdf', 'pdf'),
    docx: of(office('wordprocessingml.document'), 'docx'),
    xlsx: of(office('spreadsheetml.sheet'), 'xlsx'),
    pptx: of(office('presentationml.presentation'), 'pptx'),
    odt: of(open('text'), 'odt'),
    ods: of(open('spreadsheet'), 'ods'),
    odp: of(open('presentation'), 'odp'),
    zip: of('application/zip', 'zip'),
    mp4: of('video/mp4', 'mp4'),
    txt: TEXT,
    md: TEXT,
    csv: TEXT,
    log: TEXT,
  }),
)

/** The type a name says; undefined when it is not among those that are taken. */
export const fileTypeOf = (name: string): FileType | undefined => TYPES.get(extensionOf(name))
