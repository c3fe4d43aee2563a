'use client'

import { useRef, useState } from 'react'
import type { WorkflowPicture } from '../../plugins/core/api/workflows.ts'
import { useApi } from '../kit/api.ts'
import { Button, ButtonLink } from '../kit/button.tsx'
import { Menu, MenuItem } from '../kit/floating.tsx'
import { useText } from '../kit/kit-context.tsx'
import { savePicture, standaloneSvg } from '../kit/save-picture.ts'
import { BannerActions, ErrorBanner, Skeleton } from '../kit/surfaces.tsx'
import { designerTexts } from '../locales/designer-texts.ts'
import { pictureTexts } from '../locales/picture-texts.ts'
import { kitTexts } from '../locales/texts.ts'
import type { PathStep } from './chart-layout.ts'
import { StatechartDrawing } from './statechart-drawing.tsx'
import { StatechartTable } from './statechart-table.tsx'
import { useWidth } from './use-width.ts'
import styles from './statechart.module.css'

export type StatechartProps = {
  readonly entity: string
  /** Where the document stands; absent: the workflow by itself. */
  readonly state?: string | null
  /** Of the definition that the document runs under; absent: the current one. */
  readonly hash?: string | null
  readonly history?: readonly PathStep[]
  readonly mayDesign?: boolean
}

/** The life of an entity as a picture: where the document stands, the way it took, and what leads on from here. */
export function Statechart({ entity, state, hash, history = [], mayDesign = false }: StatechartProps) {
  const say = useText()
  const { data, problem, reload } = useApi<WorkflowPicture>(`/api/workflows/${entity}${hash ? `?hash=${encodeURIComponent(hash)}` : ''}`)
  if (problem) return <ErrorBanner problem={problem}><BannerActions><Button small onClick={() => void reload()}>{say(kitTexts.tryAgain)}</Button></BannerActions></ErrorBanner>
  if (!data) return <div className={styles.loading}><Skeleton width="70%" /><Skeleton width="50%" /></div>
  return <Loaded picture={data} state={state ?? null} history={history} mayDesign={mayDesign} />
}

function Loaded({ picture, state, history, mayDesign }: { readonly picture: WorkflowPicture; readonly state: string | null; readonly history: readonly PathStep[]; readonly mayDesign: boolean }) {
  const say = useText()
  const [asTable, setAsTable] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const save = (as: 'svg' | 'png') => {
    const drawn = box.current?.querySelector('svg')
    if (drawn) void savePicture({ svg: standaloneSvg(drawn), name: picture.slug, as })
  }
  return (
    <div>
      <div className={styles.tools}>
        <span className={styles.version}>{say(picture.label)} · {say(pictureTexts.version, { version: picture.version })}</span>
        <Button small look="ghost" icon={asTable ? 'graph' : 'table'} aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>{say(asTable ? pictureTexts.asPicture : pictureTexts.asTable)}</Button>
        {asTable ? null : (
          <Menu label={say(pictureTexts.export)} trigger={(props) => <Button {...props} small look="ghost" icon="download">{say(pictureTexts.export)}</Button>}>
            {(close) => (
              <>
                <MenuItem onSelect={() => { close(); save('svg') }}>{say(pictureTexts.exportSvg)}</MenuItem>
                <MenuItem onSelect={() => { close(); save('png') }}>{say(pictureTexts.exportPng)}</MenuItem>
              </>
            )}
          </Menu>
        )}
        {mayDesign ? <ButtonLink small look="ghost" icon="graph" href={`/admin/configuration/${picture.entity}/workflow`}>{say(designerTexts.open)}</ButtonLink> : null}
      </div>
      {picture.current ? null : <p className={styles.note}>{say(pictureTexts.older)}</p>}
      <div ref={box}>
        {asTable ? <StatechartTable picture={picture} state={state} history={history} />
          : width === null ? null : <StatechartDrawing picture={picture} state={state} history={history} width={width} />}
      </div>
    </div>
  )
}
