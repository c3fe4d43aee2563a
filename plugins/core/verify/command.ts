import type { Language } from '../../../config/language/text.ts'
import type { RunCommand } from '../cli/command.ts'
import { verify, type CheckOutcome, type Verification } from './run-checks.ts'

const shownFailures = 10

/** `npm run verify [-- --json] [--zh]`: 0 when every invariant holds, 1 when one does not. */
export const runVerify: RunCommand = async ({ args, boot, write }) => {
  const unknown = args.find((argument) => argument !== '--json' && argument !== '--zh')
  if (unknown !== undefined) {
    write(`verify does not know "${unknown}": use --json for machines, --zh for Chinese, or nothing.`)
    return 2
  }
  const payload = await boot()
  const language = args.includes('--zh') ? 'zh' : 'en'
  if (args.includes('--json')) {
    const verification = await verify(payload)
    write(JSON.stringify(verification, null, 2))
    return verification.ok ? 0 : 1
  }
  const verification = await verify(payload, { told: (outcome) => tell(outcome, { language, write }) })
  write(summary(verification, language))
  return verification.ok ? 0 : 1
}

function tell({ ok, label, counted, failures, milliseconds }: CheckOutcome, { language, write }: { language: Language; write: (line: string) => void }): void {
  const words = { en: { checked: 'checked', more: 'more' }, zh: { checked: '项已核对', more: '项未列出' } }[language]
  write(`${ok ? '✓' : '✗'} ${padded(label[language], 96)} ${String(counted).padStart(9)} ${words.checked}  ${(milliseconds / 1000).toFixed(1).padStart(5)} s`)
  for (const failure of failures.slice(0, shownFailures)) write(`    ${failure}`)
  if (failures.length > shownFailures) write(`    … ${failures.length - shownFailures} ${words.more} (--json)`)
}

function summary({ ok, checks }: Verification, language: Language): string {
  const failed = checks.filter((check) => !check.ok).length
  if (language === 'zh') return ok ? `全部 ${checks.length} 项核对通过。` : `${checks.length} 项核对中有 ${failed} 项未通过。`
  return ok ? `All ${checks.length} invariants hold.` : `${failed} of ${checks.length} invariants do not hold.`
}

/** Chinese characters are two columns wide in a terminal. */
function padded(text: string, columns: number): string {
  const width = [...text].reduce((sum, character) => sum + (/[\u2e80-\uffef]/.test(character) ? 2 : 1), 0)
  return text + ' '.repeat(Math.max(0, columns - width))
}
