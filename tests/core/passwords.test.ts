import { describe, expect, it } from 'vitest'
import { passwordFindings } from '../../plugins/core/users/password-rules.ts'

const why = async (password: string, person: { email?: string; name?: string } = {}) => (await passwordFindings({ password, ...person }))[0]?.message.en

describe('a new password', () => {
  it.each(['correct horse battery', 'long enough for a test', '雨后的山路很安静也没有人', 'a password of mine', 'xK9#vQ2!mT7p', 'ananas im schnee', 'zwölf graue Enten'])('may be %j, whatever its characters are', async (password) => {
    expect(await why(password)).toBeUndefined()
  })

  it('has a least and a most length', async () => {
    expect(await why('short one')).toContain('at least 12 characters')
    expect(await why('ab cd ef gh '.repeat(30))).toContain('at most 256')
    expect((await passwordFindings({ password: 123456789012 }))[0]?.message.zh).toContain('必须是文本')
    expect(await passwordFindings({})).toEqual([])
    expect(await passwordFindings({ password: '' })).toEqual([])
  })

  it.each(['111111111111', 'abcabcabcabcabc', '123456789012', 'qwertyuiopas', '1qaz2wsx3edc', 'zyxwvutsrqpo', 'abcdef123456', 'a1a1a1a1a1a1a1'])('does not repeat or follow the keyboard: %s', async (password) => {
    expect(await why(password)).toContain('repeats itself')
  })

  it.each(['Password1234', 'P@ssw0rd2026!', 'administrator1', 'Welcome2026!!', 'trellis-demo', 'iloveyou1314', 'letmein123456', 'Summer2026!!!', 'woaini5201314', '我爱你我爱你我爱你123', 'charlie123456', 'Liverpool2024', 'jessica&ashley', 'thunderbolt99!', 'michelle19870212', 'nicholas12345', 'manchester1878'])('is none of those that are tried first: %s', async (password) => {
    expect(await why(password)).toMatch(/tried first|repeats itself/)
  })

  it('is not made of the name or the email address', async () => {
    const person = { email: 'ada.lovelace@velofirma.example', name: 'Ada Lovelace' }
    for (const password of ['ada.lovelace1815', 'Lovelace-2026', 'velofirma2026', 'velofirma.example']) expect(await why(password, person), password).toContain('name or the email')
    expect(await why('lovelace likes numbers', person)).toBeUndefined()
  })
})
