import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Language } from '../../../config/language/text.ts'
import type { RunCommand } from '../cli/command.ts'
import { verify, type CheckOutcome, type Verification } from './run-checks.ts'

const shownFailures = 10

/** `npm run verify [-- --json] [--zh]`: 0 when every invariant holds, 1 when one does not, 3 when none fails but a check was not finished. */
export const runVerify: RunCommand = async ({ args, boot, write }) => {
  const unknown = args.find((argument) => argument !== '--json' && argument !== '--zh')
  if (unknown !== undefined) {
    write(`verify does not know "${unknown}": use --json for machines, --zh for Chinese, or nothing.`)
    return 2
  }
  const payload = await boot()
  const tidyUp = tidier()
  const language = args.includes('--zh') ? 'zh' : 'en'
  if (args.includes('--json')) {
    const verification = await verify(payload, { told: tidyUp })
    write(JSON.stringify(verification, null, 2))
    return statusOf(verification)
  }
  const verification = await verify(payload, { told: (outcome) => { tell(outcome, { language, write }); tidyUp() } })
  write(summary(verification, language))
  return statusOf(verification)
}

/** So many bytes more on the heap are worth looking through all of it. */
const worthTidying = 16 * 1_048_576

/** What one check has read is let go before the next: by itself Node holds on to several hundred megabytes of it on a large firm's books. */
function tidier(): () => void {
  let left = getHeapStatistics().used_heap_size
  return () => {
    if (getHeapStatistics().used_heap_size - left < worthTidying) return
    setFlagsFromString('--expose-gc')
    ;(runInNewContext('gc') as () => void)()
    left = getHeapStatistics().used_heap_size
  }
}

const statusOf = ({ failed, unfinished }: Verification): number => (failed > 0 ? 1 : unfinished > 0 ? 3 : 0)
const signs = { holds: '✓', fails: '✗', unfinished: '?' } as const

function tell({ outcome, label, counted, failures, unfinished, milliseconds }: CheckOutcome, { language, write }: { language: Language; write: (line: string) => void }): void {
  const words = { en: { checked: 'checked', more: 'more' }, zh: { checked: '项已核对', more: '项未列出' } }[language]
  write(`${signs[outcome]} ${padded(label[language], 96)} ${String(counted).padStart(9)} ${words.checked}  ${(milliseconds / 1000).toFixed(1).padStart(5)} s`)
  if (unfinished) write(`    ${unfinished[language]}`)
  for (const failure of failures.slice(0, shownFailures)) write(`    ${failure}`)
  if (failures.length > shownFailures) write(`    … ${failures.length - shownFailures} ${words.more} (--json)`)
}

function summary({ ok, failed, unfinished, checks }: Verification, language: Language): string {
  const total = checks.length
  if (language === 'zh') {
    if (ok) return `全部 ${total} 项核对通过。`
    const parts = [failed > 0 && `${failed} 项未通过`, unfinished > 0 && `${unfinished} 项未完成，结果不明`]
    return `${total} 项核对中，${parts.filter(Boolean).join('，')}。`
  }
  if (ok) return `All ${total} invariants hold.`
  const parts = [failed > 0 && `${failed} of ${total} invariants do not hold.`, unfinished > 0 && `${unfinished} of ${total} checks were not finished: what they prove is not known.`]
  return parts.filter(Boolean).join(' ')
}

/** Chinese characters are two columns wide in a terminal. */
function padded(text: string, columns: number): string {
  const width = [...text].reduce((sum, character) => sum + (/[\u2e80-\uffef]/.test(character) ? 2 : 1), 0)
  return text + ' '.repeat(Math.max(0, columns - width))
}
