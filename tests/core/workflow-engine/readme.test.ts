import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { needed, offered, ordered } from './readme-example.ts'

test('the example of the README is the one that runs here', () => {
  const readme = readFileSync(new URL('../../../workflows/engine/README.md', import.meta.url), 'utf8')
  const example = readFileSync(new URL('./readme-example.ts', import.meta.url), 'utf8')
  expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``)
})

test('it does what the README says', () => {
  expect(ordered).toMatchObject({ ok: true, state: 'ordered', actions: [{ type: 'expectReceipt' }], timers: { start: [{ key: 'ordered:P14D', event: 'remind' }] } })
  expect(needed).toEqual(['openQuantity'])
  expect(offered).toMatchObject([{ event: 'close', allowed: false, refusals: [{ code: 'purchase-order.open-quantity' }] }])
})
