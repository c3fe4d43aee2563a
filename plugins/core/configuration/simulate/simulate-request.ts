import { z } from 'zod'
import { failQuestion } from '../../errors.ts'
import { mostCharacters } from '../draft-shape.ts'

const name = z.string().max(200)
const values = z.record(name, z.json())
const step = z.strictObject({ event: name, input: values.optional(), reason: z.string().max(1_000).optional(), system: z.boolean().optional() })
const shape = z.strictObject({
  /** The workflow that is tried out, finished enough to be compiled. */
  definition: z.json(),
  /** Of a document that is there. Absent: one with `data` and `lines`, in `state` or at the beginning. */
  document: name.optional(),
  data: values.optional(),
  lines: z.array(values).max(50).optional(),
  state: name.optional(),
  roles: z.array(name).max(20),
  /** Tried one after the other, each from where the former led. `system`: sent by the platform. */
  steps: z.array(step).max(50),
})

export type SimulateRequest = z.infer<typeof shape>
export type WantedStep = z.infer<typeof step>

/** @throws ProblemError 400 for what is no such question */
export function simulateRequest(body: unknown): SimulateRequest {
  const parsed = shape.safeParse(body)
  if (!parsed.success) {
    const path = (parsed.error.issues[0]?.path ?? []).map((part) => String(part).slice(0, 60)).join('.')
    failQuestion(path, {
      en: `A trial takes {definition, document or data and lines, state, roles, steps: [{event, input, reason, system}]}, at most 50 steps; “${path}” does not fit.`,
      zh: `试运行的参数为 {definition, document 或 data 与 lines, state, roles, steps: [{event, input, reason, system}]}，最多 50 步；“${path}”不符合要求。`,
    })
  }
  const { definition, document, data, lines, state } = parsed.data
  if (JSON.stringify(definition).length > mostCharacters) failQuestion('definition', { en: `The definition is longer than ${mostCharacters} characters. Shorten it.`, zh: `流程定义超过 ${mostCharacters} 个字符，请精简。` })
  if (document !== undefined && (data ?? lines ?? state) !== undefined) failQuestion('document', { en: 'Name a document that is there, or give data of one that is not: not both.', zh: '请指定已有单据，或填写假设的数据，二者不能同时使用。' })
  return parsed.data
}
