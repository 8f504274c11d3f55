/** What every address of the JSON API begins with. */
export const API_PREFIX = '/api/v1'

/** Where mail programs end letters; see unsubscribe.ts. */
export const UNSUBSCRIBE_PATH = `${API_PREFIX}/unsubscribe`

/** Where Bull Board lives. */
export const QUEUES_PATH = '/admin/queues'

/** Where browsers report pages that broke the content security policy. */
export const REPORTS_PATH = '/policy-reports'

/** Where the Temporal Web UI lives, when the API shows it. */
export const TEMPORAL_PATH = '/admin/temporal'

/** Where the Temporal Web UI has histories decoded: its codec endpoint. */
export const CODEC_PATH = '/admin/codec'

/** Where the page lives in which code of flows is written. */
export const CODE_EDITOR_PATH = '/code-editor'
