import { describe, expect, it } from 'vitest'
import { passwordFindings } from '../../plugins/core/users/password-rules.ts'

const why = (password: string, person: { email?: string; name?: string } = {}) => passwordFindings({ password, ...person })[0]?.message.en

describe('a new password', () => {
  it.each(['correct horse battery', 'long enough for a test', '雨后的山路很安静也没有人', 'a password of mine', 'xK9#vQ2!mT7p', 'ananas im schnee', 'zwölf graue Enten'])('may be %j, whatever its characters are', (password) => {
    expect(why(password)).toBeUndefined()
  })

  it('has a least and a most length', () => {
    expect(why('short one')).toContain('at least 12 characters')
    expect(why('ab cd ef gh '.repeat(30))).toContain('at most 256')
    expect(passwordFindings({})).toEqual([])
    expect(passwordFindings({ password: '' })).toEqual([])
  })

  it.each(['111111111111', 'abcabcabcabcabc', '123456789012', 'qwertyuiopas', '1qaz2wsx3edc', 'zyxwvutsrqpo', 'abcdef123456', 'a1a1a1a1a1a1a1'])('does not repeat or follow the keyboard: %s', (password) => {
    expect(why(password)).toContain('repeats itself')
  })

  it.each(['Password1234', 'P@ssw0rd2026!', 'administrator1', 'Welcome2026!!', 'trellis-demo', 'iloveyou1314', 'letmein123456', 'Summer2026!!!', 'woaini5201314', '我爱你我爱你我爱你123'])('is none of those that are tried first: %s', (password) => {
    expect(why(password)).toMatch(/tried first|repeats itself/)
  })

  it('is not made of the name or the email address', () => {
    const person = { email: 'ada.lovelace@velofirma.example', name: 'Ada Lovelace' }
    for (const password of ['ada.lovelace1815', 'Lovelace-2026', 'velofirma2026', 'velofirma.example']) expect(why(password, person), password).toContain('name or the email')
    expect(why('lovelace likes numbers', person)).toBeUndefined()
  })
})
