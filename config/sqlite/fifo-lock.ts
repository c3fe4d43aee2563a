/** First come, first served; who waits longer than `waitMilliseconds` is refused and loses its place. */
export function fifoLock(waitMilliseconds: number): { acquire: () => Promise<() => void> } {
  let tail: Promise<void> = Promise.resolve()
  return {
    async acquire() {
      let release!: () => void
      const previous = tail
      tail = new Promise((resolve) => (release = resolve))
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new LockTimeout(waitMilliseconds)), waitMilliseconds)
      })
      try {
        await Promise.race([previous, late])
        return release
      } catch (error) {
        void previous.then(release)
        throw error
      } finally {
        clearTimeout(timer)
      }
    },
  }
}

export class LockTimeout extends Error {
  constructor(waitMilliseconds: number) {
    super(`The database was busy for more than ${waitMilliseconds} ms.`)
  }
}
