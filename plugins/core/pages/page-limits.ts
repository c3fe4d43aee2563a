/** Nobody reads and fills in a form in less; a stamp younger than this is refused. */
export const leastOpenMilliseconds = 2_000
/** Longer open than this, a form is opened again. */
export const mostOpenMilliseconds = 24 * 3_600_000
/** Of what anyone may send. */
export const publicBodyBytes = 65_536
/** What anyone may send from one address in a minute; the front counts. */
export const publicEntriesPerMinute = 20
/** Below this are the entries of public pages. */
export const publicEntriesPath = '/api/f/'
