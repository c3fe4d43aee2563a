import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { settingsSchema } from '../../config/settings.ts'

const readme = readFileSync('README.md', 'utf8')
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }

describe('the README', () => {
  it('lists every setting with the words of its schema', () => {
    for (const [name, field] of Object.entries(settingsSchema.shape)) {
      expect(readme).toContain(`| \`${name}\` | ${field.description} |`)
    }
  })

  it('names only commands and files that exist', () => {
    for (const [, name = ''] of readme.matchAll(/npm (?:run )?(up|test|import|verify|dev|generate)\b/g)) expect(scripts).toHaveProperty(name)
    for (const [, target = ''] of readme.matchAll(/\]\((?!https?:)([^)]+)\)/g)) expect(existsSync(path.resolve(target)), target).toBe(true)
  })

  it('fits on two pages', () => {
    expect(readme.split('\n').length).toBeLessThan(110)
  })
})
