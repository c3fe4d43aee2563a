import { expect, it } from 'vitest'
import { whyUnpublished } from '../../admin/server/front-publisher.ts'

it('a publication that failed says in both languages what to do, and what the process said only beside it', () => {
  const message = 'The application process ended unexpectedly (status 1). The log of the server, just before this, says why.'
  const { problem, detail } = whyUnpublished({ message, status: 500 })
  expect(detail).toBe(message)
  expect([problem.en, problem.zh]).toEqual([expect.stringMatching(/what you prepared is kept.*Publish once more.*log of the server/), expect.stringMatching(/请重新发布.*服务器日志/)])
  expect(problem.zh).not.toMatch(/[A-Za-z]/)
  expect(whyUnpublished({ message, status: 409 })).toEqual({ problem: { en: expect.stringContaining('published meanwhile') as string, zh: expect.stringContaining('刷新') as string } })
})
