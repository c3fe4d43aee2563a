import { expect, test } from 'vitest'
import { builtPlugins } from '../../../config/plugins.ts'
import { shippedRoles } from '../../../config/roles.ts'
import { createPlatform } from '../../../plugins/core/platform/platform.ts'
import { compileWorkflow } from '../../../workflows/engine/compile.ts'
import { transitionKeys } from '../../../workflows/engine/paths.ts'
import { replay } from '../../../workflows/engine/replay.ts'
import { coverWorkflow, scriptOf } from '../../../workflows/engine/verify/cover.ts'
import { flow, regions, sketchRegistry } from './flow.ts'

const { workflows } = createPlatform(builtPlugins, shippedRoles)

test.each([...workflows])('walks take every arrow of the workflow of %s', (_, compiled) => {
  const { walks, covered, missing, complete } = coverWorkflow(compiled)
  expect({ missing, complete }).toEqual({ missing: [], complete: true })
  expect([...covered].sort()).toEqual(transitionKeys(compiled).sort())
  expect(walks.length).toBeLessThanOrEqual(covered.length)
  for (const { steps, transitions } of walks) expect(replay(compiled, { steps })).toMatchObject({ transitions, state: steps.at(-1)?.state })
  for (const { en, zh } of walks.flatMap((walk) => scriptOf(compiled, walk))) {
    expect(en).toMatch(/^\d+\. In “.+” .+ sends “.+”.*\.$/)
    expect(zh).toMatch(/^\d+\. 在“.+”状态下，由.+执行“.+”.*。$/)
  }
})

test('a walk reads like a recipe', () => {
  const quote = workflows.get('quotes')
  const walk = quote && coverWorkflow(quote).walks.find(({ transitions }) => transitions.includes('states.sent.on.accept'))
  expect(walk && scriptOf(quote, walk)).toMatchInlineSnapshot(`
    [
      {
        "en": "1. In “Draft” Sales representative sends “Send to customer”, where these hold: “Has lines”, “Field is filled (validUntil)”, “Comparison (or else: The validity has passed. Set a later date.)”, “Everything on it may be offered”. Then it is “Sent”.",
        "zh": "1. 在“草稿”状态下，由销售员执行“发送客户”，满足条件：“有明细行”、“字段已填写（validUntil）”、“比较（否则：有效期已过，请改为更晚的日期。）”、“明细可报价”。随后变为“已发送”。",
      },
      {
        "en": "2. In “Sent” Sales representative sends “Customer accepted”, where these hold: “Comparison (or else: The quote is no longer valid. Revise it with a new date.)”. Then it is “Accepted”.",
        "zh": "2. 在“已发送”状态下，由销售员执行“客户接受”，满足条件：“比较（否则：报价已过有效期，请修订并更新有效期。）”。随后变为“已接受”。",
      },
    ]
  `)
})

test('what cannot be walked is named, and that not all was looked at', () => {
  const dead = compileWorkflow(flow({ s: 'go>z go[p]>y', y: 'go>z', z: 'final' }), sketchRegistry)
  expect(coverWorkflow(dead)).toMatchObject({ missing: ['states.s.on.go[1]', 'states.y.on.go'], complete: true })
  expect(coverWorkflow(compileWorkflow(regions(4), sketchRegistry), { limit: 5 })).toMatchObject({ complete: false })
})
