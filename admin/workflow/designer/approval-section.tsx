'use client'

import { relation } from '../../../config/language/fields.ts'
import type { ApprovalDefinition, ApprovalStepDefinition, ApproverDefinition } from '../../../config/language/approval.ts'
import { keyOf } from '../../configuration/field-settings.ts'
import { Button, IconButton } from '../../kit/button.tsx'
import { useText } from '../../kit/kit-context.tsx'
import { approvalDesignTexts } from '../../locales/approval-design-texts.ts'
import { designerTexts } from '../../locales/designer-texts.ts'
import { stateAt, without } from './draft.ts'
import { letPlatformSend } from './draft-arrows.ts'
import { setState } from './draft-states.ts'
import { Box, Choice, KeptField, KeptText, Part, TextPair } from './kept-inputs.tsx'
import type { Designing } from './use-designing.ts'
import styles from './designer.module.css'

type ApproverKind = 'role' | 'field' | 'managerOf' | 'lineOwner' | 'users'
const kinds: readonly ApproverKind[] = ['role', 'field', 'managerOf', 'lineOwner', 'users']

/** Who must agree before a document leaves a state: steps in their order, and what the platform sends when it is decided. */
export function ApprovalSection({ path, designing }: { readonly path: string; readonly designing: Designing }) {
  const say = useText()
  const { definition, view, put } = designing
  const approval = stateAt(definition, path)?.approval
  const set = (next: ApprovalDefinition | undefined) => put(setState([next?.approved, next?.rejected, next?.returned].reduce(letPlatformSend, definition), path, { approval: next }))
  const events = Object.entries(definition.events).map(([value, { label }]) => ({ value, label: say(label) || value }))
  const [first, second = first] = events
  const [role] = view.registry.roles.filter(({ slug }) => slug !== 'system')
  const newStep = (number: number): ApprovalStepDefinition => ({ name: `step${number}`, label: { en: approvalDesignTexts.newStep.en.replace('{number}', String(number)), zh: approvalDesignTexts.newStep.zh.replace('{number}', String(number)) }, approvers: [{ role: role?.slug ?? 'owner' }] })
  if (!approval) {
    return (
      <Part title={say(approvalDesignTexts.approval)} {...(first ? {} : { note: say(approvalDesignTexts.needsEvents) })}>
        <Button small icon="shield" disabled={!first || !second} onClick={() => { if (first && second) set({ steps: [newStep(1)], approved: first.value, rejected: second.value }) }}>{say(approvalDesignTexts.ask)}</Button>
      </Part>
    )
  }
  const putStep = (index: number, step: ApprovalStepDefinition) => set({ ...approval, steps: approval.steps.map((one, at) => (at === index ? step : one)) })
  const outcome = (name: 'approved' | 'rejected') => <Choice label={say(approvalDesignTexts[name])} value={approval[name]} options={events} onChoose={(event) => set({ ...approval, [name]: event })} />
  const option = (name: 'returned' | 'reopened') => (
    <Choice label={say(approvalDesignTexts[name])} value={approval[name] ?? ''} options={[{ value: '', label: say(approvalDesignTexts.nothing) }, ...events]} onChoose={(event) => set(event === '' ? without(approval, name) : { ...approval, [name]: event })} />
  )
  const number = Math.max(0, ...approval.steps.map(({ name }) => Number(/^step(\d+)$/.exec(name)?.[1] ?? 0))) + 1
  return (
    <Part title={say(approvalDesignTexts.approval)} note={say(approvalDesignTexts.note)}>
      {approval.steps.map((step, index) => (
        <StepEditor
          key={index} step={step} number={index + 1} earlier={approval.steps.slice(0, index)} designing={designing} onChange={(next) => putStep(index, next)}
          {...(approval.steps.length > 1 ? { onRemove: () => set({ ...approval, steps: approval.steps.filter((_, at) => at !== index).map((one) => withoutReturn(one, step.name)) }) } : {})}
        />
      ))}
      <Button small icon="plus" onClick={() => set({ ...approval, steps: [...approval.steps, newStep(number)] })}>{say(approvalDesignTexts.addStep)}</Button>
      <div className={styles.two}>{outcome('approved')}{outcome('rejected')}{option('returned')}{option('reopened')}</div>
      <div className={styles.labelled}><span className={styles.label}>{say(approvalDesignTexts.watch)}</span><KeptText label={say(approvalDesignTexts.watch)} placeholder={say(approvalDesignTexts.watchAll)} value={(approval.watch ?? []).join(', ')} onKeep={(text) => { const watch = listOf(text); set(watch.length > 0 ? { ...approval, watch } : without(approval, 'watch')) }} /></div>
      <Box label={say(approvalDesignTexts.ownToo)} checked={approval.ownToo === true} onChange={(on) => set(on ? { ...approval, ownToo: true } : without(approval, 'ownToo'))} />
      <Button small danger icon="trash" onClick={() => set(undefined)}>{say(designerTexts.removeWhat, { what: say(approvalDesignTexts.approval) })}</Button>
    </Part>
  )
}

type StepProps = { readonly step: ApprovalStepDefinition; readonly number: number; readonly earlier: readonly ApprovalStepDefinition[]; readonly designing: Designing; readonly onChange: (step: ApprovalStepDefinition) => void; readonly onRemove?: () => void }

function StepEditor({ step, number, earlier, designing, onChange, onRemove }: StepProps) {
  const say = useText()
  const { entity, view } = designing
  const name = say(approvalDesignTexts.newStep, { number })
  const text = (label: string, value: string, keep: (value: string) => void, placeholder?: string) => (
    <div className={styles.labelled}><span className={styles.label}>{label}</span><KeptText label={`${name}: ${label}`} value={value} {...(placeholder ? { placeholder } : {})} onKeep={keep} /></div>
  )
  const when = step.when && 'field' in step.when ? step.when : undefined
  const expression = step.when && 'expression' in step.when ? step.when.expression : ''
  const putWhen = (changes: { readonly field?: string; readonly from?: string; readonly below?: string }) => {
    const next = { ...when, ...changes }
    const { field = '', from = '', below = '' } = next
    onChange(field === '' ? without(step, 'when') : { ...step, when: { field, ...(from ? { from } : {}), ...(below ? { below } : {}) } })
  }
  const amounts = entity.fields.filter(({ type }) => ['money', 'quantity', 'integer', 'unitPrice', 'percent'].includes(type))
  const escalate = step.escalate ?? { after: '', to: '' }
  const putEscalate = (next: typeof escalate) => onChange(next.after === '' && next.to === '' ? without(step, 'escalate') : { ...step, escalate: next })
  const putApprover = (index: number, approver: ApproverDefinition) => onChange({ ...step, approvers: step.approvers.map((one, at) => (at === index ? approver : one)) })
  return (
    <fieldset className={styles.item}>
      <legend className={styles.srOnly}>{name}</legend>
      <div className={styles.itemHead}><strong>{name}</strong><span className={styles.grow} />{onRemove ? <IconButton small icon="trash" label={say(designerTexts.removeWhat, { what: name })} onClick={onRemove} /> : null}</div>
      <TextPair label={say(designerTexts.name)} value={step.label} onKeep={(label) => onChange({ ...step, label, ...(/^step\d+$/.test(step.name) && label.en.trim() ? { name: keyOf(label.en, new Set(earlier.map((one) => one.name.toLowerCase())), 'step') } : {}) })} />
      {step.approvers.map((approver, index) => (
        <div key={index} className={styles.itemHead}>
          <Approver approver={approver} label={say(approvalDesignTexts.approver, { number: index + 1 })} designing={designing} onChange={(next) => putApprover(index, next)} />
          {step.approvers.length > 1 ? <IconButton small icon="trash" label={say(designerTexts.removeWhat, { what: say(approvalDesignTexts.approver, { number: index + 1 }) })} onClick={() => onChange({ ...step, approvers: step.approvers.filter((_, at) => at !== index) })} /> : null}
        </div>
      ))}
      <Button small icon="plus" onClick={() => onChange({ ...step, approvers: [...step.approvers, { role: view.registry.roles[0]?.slug ?? 'owner' }] })}>{say(approvalDesignTexts.addApprover)}</Button>
      <div className={styles.two}>
        <Choice label={say(approvalDesignTexts.mode)} value={step.mode ?? 'any'} options={(['any', 'all', 'vote'] as const).map((mode) => ({ value: mode, label: say(approvalDesignTexts[mode]) }))} onChoose={(mode) => onChange(mode === 'vote' ? { ...step, mode, ratio: step.ratio ?? 50 } : { ...without(step, 'ratio'), mode: mode as 'any' | 'all' })} />
        {step.mode === 'vote' ? text(say(approvalDesignTexts.ratio), String(step.ratio ?? ''), (ratio) => { if (/^\d{1,3}$/.test(ratio.trim())) onChange({ ...step, ratio: Number(ratio) }) }) : null}
      </div>
      {expression === '' ? (
        <div className={styles.two}>
          <Choice label={say(approvalDesignTexts.when)} value={when?.field ?? ''} options={[{ value: '', label: say(approvalDesignTexts.always) }, ...amounts.map((field) => ({ value: field.name, label: say(field.label) }))]} onChoose={(field) => putWhen({ field })} />
          {when ? <>{text(say(approvalDesignTexts.from), when.from ?? '', (from) => putWhen({ from: from.trim() }))}{text(say(approvalDesignTexts.below), when.below ?? '', (below) => putWhen({ below: below.trim() }))}</> : null}
        </div>
      ) : null}
      {when ? null : text(say(approvalDesignTexts.expression), expression, (next) => onChange(next.trim() ? { ...step, when: { expression: next.trim() } } : without(step, 'when')), 'total > 5000')}
      <div className={styles.two}>
        {text(say(approvalDesignTexts.remind), step.remind ?? '', (remind) => onChange(remind.trim() ? { ...step, remind: remind.trim() } : without(step, 'remind')), 'P2D')}
        {text(say(approvalDesignTexts.escalateAfter), escalate.after, (after) => putEscalate({ ...escalate, after: after.trim() }), 'P5D')}
        <Choice label={say(approvalDesignTexts.escalateTo)} value={escalate.to} options={[{ value: '', label: say(approvalDesignTexts.nobody) }, ...view.registry.roles.map(({ slug, label }) => ({ value: slug, label: say(label) }))]} onChoose={(to) => putEscalate({ ...escalate, to })} />
        {text(say(approvalDesignTexts.calendar), step.calendar ?? '', (calendar) => onChange(calendar.trim() ? { ...step, calendar: calendar.trim() } : without(step, 'calendar')), say(approvalDesignTexts.allTime))}
      </div>
      {earlier.length > 0 ? (
        <div className={styles.boxes}>
          <span className={styles.label}>{say(approvalDesignTexts.returnTo)}</span>
          {earlier.map((one) => <Box key={one.name} label={say(one.label)} checked={step.returnTo?.includes(one.name) ?? false} onChange={(on) => { const returnTo = [...(step.returnTo ?? []).filter((other) => other !== one.name), ...(on ? [one.name] : [])]; onChange(returnTo.length > 0 ? { ...step, returnTo } : without(step, 'returnTo')) }} />)}
        </div>
      ) : null}
    </fieldset>
  )
}

function Approver({ approver, label, designing, onChange }: { readonly approver: ApproverDefinition; readonly label: string; readonly designing: Designing; readonly onChange: (approver: ApproverDefinition) => void }) {
  const say = useText()
  const { view } = designing
  const kind = kinds.find((one) => one in approver) ?? 'role'
  const named = `${label}: ${say(approvalDesignTexts[kind])}`
  const value = 'users' in approver ? '' : Object.values(approver)[0] as string
  const choose = (next: string) => onChange(next === 'users' ? { users: [] } : next === 'role' ? { role: view.registry.roles[0]?.slug ?? 'owner' } : { [next]: next === 'managerOf' ? 'submitter' : next === 'field' ? 'owner' : '' } as ApproverDefinition)
  return (
    <>
      <Choice hideLabel label={label} value={kind} options={kinds.map((one) => ({ value: one, label: say(approvalDesignTexts[one]) }))} onChoose={choose} />
      {kind === 'role' ? <Choice hideLabel label={named} value={value} options={view.registry.roles.map(({ slug, label: name }) => ({ value: slug, label: say(name) }))} onChoose={(role) => onChange({ role })} />
        : 'users' in approver ? <KeptField field={relation('users', { en: named, zh: named }, { to: 'users', many: true })} value={approver.users} onKeep={(people) => onChange({ users: (people ?? []) as readonly string[] })} />
          : <KeptText label={named} value={value} onKeep={(text) => onChange({ [kind]: text.trim() } as ApproverDefinition)} />}
    </>
  )
}

const listOf = (text: string): readonly string[] => text.split(/[,，]/).map((one) => one.trim()).filter(Boolean)

function withoutReturn(step: ApprovalStepDefinition, name: string): ApprovalStepDefinition {
  const returnTo = step.returnTo?.filter((one) => one !== name) ?? []
  return returnTo.length > 0 ? { ...step, returnTo } : without(step, 'returnTo')
}
