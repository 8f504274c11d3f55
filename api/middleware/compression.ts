import { constants } from 'node:zlib'
import compress from 'koa-compress'

/** Smaller answers cost more in headers and time than they save. */
const THRESHOLD_BYTES = 1024
/** Low levels: a board of 5,000 cards must not keep a core busy. */
const LEVEL = 1

/** Compresses answers with the best encoding the caller takes: zstd, Brotli or gzip. */
export const compression = () =>
  compress({
    threshold: THRESHOLD_BYTES,
    zstd: { params: { [constants.ZSTD_c_compressionLevel]: LEVEL } },
    br: { params: { [constants.BROTLI_PARAM_QUALITY]: LEVEL } },
    gzip: { level: LEVEL },
    deflate: false,
  })
