import { expect, it } from 'vitest'
import { readableError } from '../../admin/server/readable-error.ts'
import { SettingsError } from '../../config/settings.ts'

const fault = new Error('disk full\n    at somewhere')

it('tells that the platform could not start', () => {
  expect(readableError(fault, {})).toBe('Trellis could not start: disk full (LOG_LEVEL=debug shows more).')
})

it('tells which command broke off, which is not a start', () => {
  expect(readableError(fault, { command: 'import' })).toBe('The command import broke off: disk full (LOG_LEVEL=debug shows more).')
})

it('tells a wrong setting by its own sentence, whatever was to be done', () => {
  expect(readableError(new SettingsError('PORT is no number.'), { command: 'import' })).toBe('PORT is no number.')
})
