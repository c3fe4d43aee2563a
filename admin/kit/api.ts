'use client'

import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Problem } from '../../config/errors.ts'
import type { Text } from '../../config/language/text.ts'
import { kitTexts } from '../locales/texts.ts'

/** A request that did not succeed, as something to show: the sentence, and findings for their fields. */
export class RequestProblem extends Error {
  override readonly name = 'RequestProblem'
  readonly text: Text
  readonly status: number
  readonly code: string
  readonly findings: NonNullable<Problem['findings']>
  readonly refusals: NonNullable<Problem['refusals']>
  constructor({ text, status, problem }: { text: Text; status: number; problem?: Problem }) {
    super(text.en)
    this.text = text
    this.status = status
    this.code = problem?.code ?? 'unexpected'
    this.findings = problem?.findings ?? []
    this.refusals = problem?.refusals ?? []
  }
}

export type RequestOptions = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly body?: unknown
  /** One key an attempt of the person: the platform then applies it once, however often the network repeats it. */
  readonly key?: string
  readonly signal?: AbortSignal
  /** Keys of the warnings that the person has read. */
  readonly accepted?: readonly string[]
}

/**
 * A request to this platform, with the person's session. A command that got no clear answer (network, 502, 503) is sent
 * again with its key.
 * @throws RequestProblem, or AbortError when `signal` says so
 */
export async function request<Answer>(path: string, options: RequestOptions = {}): Promise<Answer> {
  const { method = 'GET' } = options
  const key = method === 'GET' ? undefined : options.key ?? newKey()
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await send<Answer>(path, { ...options, method, ...(key ? { key } : {}) })
      if (method !== 'GET') noteChange()
      return answer
    } catch (error) {
      const isUnclear = error instanceof RequestProblem && [0, 502, 503].includes(error.status)
      if (!isUnclear || attempt >= 3) throw error
      await new Promise((resolve) => { setTimeout(resolve, attempt * 400) })
    }
  }
}

/** An idempotency key. `crypto.randomUUID` is missing where the panel is served without https. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function send<Answer>(path: string, { method, body, key, signal, accepted = [] }: RequestOptions): Promise<Answer> {
  let response: Response
  try {
    response = await fetch(path, {
      method, credentials: 'same-origin', ...(signal ? { signal } : {}),
      headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...(key ? { 'Idempotency-Key': key } : {}), ...(accepted.length > 0 ? { 'Accepted-Warnings': accepted.join() } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new RequestProblem({ text: kitTexts.offline, status: 0 })
  }
  const answer: unknown = await response.json().catch((error: unknown) => {
    // An abort may also come while the answer is being read.
    if (signal?.aborted) throw error
    return undefined
  })
  if (response.ok) return answer as Answer
  throw problemOf(answer, response.status)
}

/** The problem in an answer of this platform that is no success. */
export function problemOf(answer: unknown, status: number): RequestProblem {
  const [first] = (answer as { errors?: { message?: string; data?: Problem }[] } | undefined)?.errors ?? []
  const problem = first?.data
  if (problem && typeof problem === 'object' && 'message' in problem) return new RequestProblem({ text: problem.message, status, problem })
  if (first?.message && status < 500) return new RequestProblem({ text: { en: first.message, zh: first.message }, status })
  const fill = (sentence: string) => sentence.replace('{status}', String(status))
  return new RequestProblem({ text: { en: fill(kitTexts.unexpected.en), zh: fill(kitTexts.unexpected.zh) }, status })
}

export const asProblem = (error: unknown): RequestProblem =>
  error instanceof RequestProblem ? error : new RequestProblem({ text: { en: String(error), zh: String(error) }, status: 0 })

let changedAt = 0
const noteChange = () => { changedAt = Date.now() }
/** Whether this browser changed anything since it has loaded the panel: what Next kept from before may then be old. */
export const hasChanged = () => changedAt > 0
/** Whether this browser changed something since `iso`: pages that Next kept from before are then read again. */
export const changedSince = (iso: string) => changedAt > Date.parse(iso)

/** Runs a command: `busy` while it runs, `problem` until the next run. */
export function useCommand() {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<RequestProblem | null>(null)
  const run = useCallback(async <Answer>(path: string, options: RequestOptions): Promise<Answer | undefined> => {
    setBusy(true)
    setProblem(null)
    try {
      return await request<Answer>(path, options)
    } catch (error) {
      setProblem(asProblem(error))
      return undefined
    } finally {
      setBusy(false)
    }
  }, [])
  const clear = useCallback(() => setProblem(null), [])
  return useMemo(() => ({ busy, problem, run, clear }), [busy, problem, run, clear])
}

/** Reads `path` and reads again when it changes; the former answer stays while the next is on its way. */
export function useApi<Answer>(path: string | null, initial: Answer | null = null) {
  const [data, setData] = useState<Answer | null>(initial)
  const [problem, setProblem] = useState<RequestProblem | null>(null)
  const [loading, setLoading] = useState(false)
  const running = useRef<AbortController | null>(null)
  const load = useCallback(async () => {
    running.current?.abort()
    if (path === null) return
    const controller = new AbortController()
    running.current = controller
    setLoading(true)
    try {
      setData(await request<Answer>(path, { signal: controller.signal }))
      setProblem(null)
    } catch (error) {
      if (!controller.signal.aborted) setProblem(asProblem(error))
    } finally {
      if (running.current === controller) setLoading(false)
    }
  }, [path])
  useEffect(() => {
    void load()
    return () => running.current?.abort()
  }, [load])
  return { data, problem, loading, reload: load }
}
