/** Nobody reads and fills in a form in less; a stamp younger than this is refused. */
export const leastOpenMilliseconds = 2_000
/** Longer open than this, a form is opened again. */
export const mostOpenMilliseconds = 24 * 3_600_000
/** Of what anyone may send. */
export const publicBodyBytes = 65_536
/** What anyone may send from one address in a minute; the front counts. */
export const publicEntriesPerMinute = 20
/** Of each file that anyone may send. */
export const publicFileBytes = 8 * 1_048_576
/** Files that belong to one opening of a page. */
export const publicFilesPerEntry = 10
/** Of all files that were sent by public pages and that no record has taken yet. */
export const publicFilesTogetherBytes = 500 * 1_048_576
/** Below this are the entries of public pages. */
export const publicEntriesPath = '/api/f/'
/** Whether bytes of a file are sent there, which are no text. */
export const isPageFile = (path: string): boolean => /^\/api\/f\/[^/]+\/files\/[^/]+$/.test(path)
