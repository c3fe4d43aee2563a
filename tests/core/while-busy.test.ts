import { describe, expect, it } from 'vitest'
import { whileBusy } from '../../config/sqlite/while-busy.ts'

const busy = () => Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' })

describe('a database that another process holds', () => {
  it('is asked again until it is free', async () => {
    let asked = 0
    expect(await whileBusy(5_000, () => (++asked < 4 ? Promise.reject(busy()) : Promise.resolve('done')))).toBe('done')
    expect(asked).toBe(4)
  })

  it('is given up when the time is over, and any other fault at once', async () => {
    await expect(whileBusy(50, () => Promise.reject(busy()))).rejects.toThrow('database is locked')
    let asked = 0
    await expect(whileBusy(5_000, () => Promise.reject(new Error(`fault ${++asked}`)))).rejects.toThrow('fault 1')
    expect(asked).toBe(1)
  })
})
