import type { Finding } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'

export const shortestPassword = 12
export const longestPassword = 256

type Given = { readonly password?: unknown; readonly email?: unknown; readonly name?: unknown }

/**
 * What is wrong with a new password; none given is no finding. After NIST SP 800-63B (5.1.1.2): a least length and no rules
 * on kinds of characters, but nothing that is commonly used, repeated, in sequence, or made of the person's own words.
 */
export async function passwordFindings({ password, email, name }: Given): Promise<Finding[]> {
  if (password === undefined || password === null || password === '') return []
  const text = typeof password === 'string' ? password.normalize('NFKC') : undefined
  const own = ownWords(email, name)
  const why = text === undefined ? noText : reason(text, own) ?? (await isGuessed(text, own) ? tooCommon : undefined)
  return why ? [{ code: 'weakPassword', path: 'password', severity: 'error', message: why }] : []
}

const tooCommon: Text = { en: 'This password is one of those that are tried first. Choose several words that have nothing to do with each other.', zh: '此密码过于常见，容易被猜到，请改用几个互不相关的词。' }
const noText: Text = { en: 'A password is a text.', zh: '密码必须是文本。' }

function reason(text: string, own: readonly string[]): Text | undefined {
  const length = [...text].length
  if (length < shortestPassword) return { en: `Choose a password of at least ${shortestPassword} characters. Several words are easy to remember.`, zh: `密码至少 ${shortestPassword} 个字符，可用几个词组成，便于记忆。` }
  if (length > longestPassword) return { en: `A password has at most ${longestPassword} characters.`, zh: `密码不超过 ${longestPassword} 个字符。` }
  const plain = text.toLowerCase()
  if (isRepetition(plain) || isSequence(plain)) return { en: 'This password repeats itself or follows the keyboard. Choose several words that have nothing to do with each other.', zh: '密码为重复或连续字符，请改用几个互不相关的词。' }
  if (isMadeOf(plain, common)) return tooCommon
  if (isMadeOf(plain, [...common, ...own])) return { en: 'This password is made of the name or the email address. Choose other words.', zh: '密码由姓名或邮箱组成，请改用其他词。' }
  return undefined
}

/** As a power of ten: what a leaked hash would stand for some hours, and the lock of the account for ever. */
export const fewestGuesses = 9

/** Whether it is found within few guesses, by lists of 40,000 passwords that leaked, names, dates and rows of keys, and all that people add to them. */
async function isGuessed(text: string, own: readonly string[]): Promise<boolean> {
  estimator ??= openEstimator()
  const { guessesLog10 } = (await estimator).check(text, [...own])
  return guessesLog10 < fewestGuesses
}

let estimator: ReturnType<typeof openEstimator> | undefined

/** Loaded with the first password that is set: the lists are megabytes. */
async function openEstimator() {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common')])
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
}

/** Whether the text is one short piece over and over, or of three different characters at most. */
function isRepetition(text: string): boolean {
  if (new Set(text).size <= 3) return true
  for (let length = 1; length <= text.length / 3; length++) {
    const piece = text.slice(0, length)
    if (piece.repeat(Math.ceil(text.length / length)).slice(0, text.length) === text) return true
  }
  return false
}

/** Rows of keyboards, and columns, as fingers run over them. */
const rows = ['abcdefghijklmnopqrstuvwxyz', '01234567890123456789', 'qwertyuiop[]asdfghjkl;zxcvbnm,./', 'qwertzuiopasdfghjklyxcvbnm', '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/', 'qazwsxedcrfvtgbyhnujmikolp', '1q2w3e4r5t6y7u8i9o0p', 'q1w2e3r4t5y6u7i8o9p0']

/** Whether it is made of at most three runs of such rows, forwards or backwards, and two characters more. */
function isSequence(text: string): boolean {
  const all = rows.flatMap((row) => [row, [...row].reverse().join('')])
  let rest = text
  for (let runs = 0; runs < 3 && rest.length > 2; runs++) {
    let taken = 0
    for (let length = rest.length; length >= 3 && taken === 0; length--) if (all.some((row) => row.includes(rest.slice(0, length)))) taken = length
    if (taken === 0) return false
    rest = rest.slice(taken)
  }
  return rest.length <= 2
}

/** Whether fewer than four letters are left once the words are taken out; digits and signs around them add nothing. */
function isMadeOf(text: string, words: readonly string[]): boolean {
  const longestFirst = [...words].sort((one, other) => other.length - one.length)
  return [text, unleet(text)].some((spelling) => {
    const left = longestFirst.reduce((rest, word) => rest.replaceAll(word, ' '), spelling)
    return left !== spelling && (left.match(/\p{L}/gu) ?? []).length < 4
  })
}

const unleet = (text: string) => text.replace(/[013457@$!]/g, (sign) => ({ 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's', '!': 'i' })[sign] ?? sign)

function ownWords(email: unknown, name: unknown): string[] {
  const words = `${typeof email === 'string' ? email : ''} ${typeof name === 'string' ? name : ''}`.toLowerCase().split(/[^\p{L}\p{N}]+/u)
  return words.filter((word) => word.length >= 3)
}

/** What lists of broken-into accounts begin with, and what a firm that runs this would think of first. */
const common: readonly string[] = [
  'password', 'passwort', 'passphrase', 'passcode', 'welcome', 'willkommen', 'administrator', 'admin', 'root', 'login', 'letmein', 'iloveyou', 'changeme', 'default',
  'secret', 'master', 'access', 'trustno1', 'qwerty', 'qwertz', 'asdfgh', 'zxcvbn', 'abc123', 'monkey', 'dragon', 'football', 'baseball', 'superman', 'batman', 'pokemon',
  'sunshine', 'princess', 'shadow', 'michael', 'jennifer', 'jordan', 'hunter', 'killer', 'freedom', 'whatever', 'starwars', 'computer', 'internet', 'samsung', 'google',
  'facebook', 'summer', 'winter', 'spring', 'autumn', 'january', 'february', 'october', 'november', 'december', 'monday', 'friday', 'hello', 'hallo', 'test', 'demo', 'guest',
  'user', 'owner', 'company', 'firm', 'trellis', 'woaini', 'mima', 'aini', 'wang', 'zhang', 'qiye', 'gongsi', 'guanli', 'chushi', '密码', '我爱你', '管理员', '公司', '企业',
]
