'use client'

import { useEffect } from 'react'
import type { ConversionReport } from '../../plugins/core/configuration/conversion/conversion-view.ts'
import { useApi } from '../kit/api.ts'
import { useText } from '../kit/kit-context.tsx'
import { SidePanel } from '../kit/side-panel.tsx'
import { ErrorBanner, Skeleton } from '../kit/surfaces.tsx'
import { conversionTexts } from '../locales/conversion-texts.ts'
import { ConversionProblems } from './conversion-problems.tsx'
import styles from './configuration.module.css'

/** How the values of a field were taken over, while it goes on and afterwards. */
export function ConversionReportPanel({ slug, field, onClose }: { readonly slug: string; readonly field: string; readonly onClose: () => void }) {
  const say = useText()
  const { data, problem, reload: load } = useApi<ConversionReport>(`/api/configuration/fields/${slug}/conversion/${field}`)
  const isGoingOn = data?.status === 'waiting' || data?.status === 'running'
  useEffect(() => {
    if (!isGoingOn) return
    const timer = setInterval(() => void load(), 1_500)
    return () => clearInterval(timer)
  }, [isGoingOn, load])
  return (
    <SidePanel wide title={data ? say(conversionTexts.reportTitle, { field: say(data.from) }) : say(conversionTexts.report)} onClose={onClose}>
      <ErrorBanner problem={problem} />
      {data ? (
        <>
          <div role="status">
            {isGoingOn ? <p>{say(conversionTexts.waiting)}</p> : data.status === 'failed' ? <p className={styles.error}>{say(conversionTexts.failed)}</p> : null}
            <p>{say(conversionTexts.done, { converted: data.converted, left: data.left })}</p>
          </div>
          {data.problems.length > 0 ? <ConversionProblems slug={slug} problems={data.problems} /> : null}
          {data.left > data.problems.length ? <p className={styles.note}>{say(conversionTexts.more, { count: data.problems.length })}</p> : null}
        </>
      ) : problem ? null : <Skeleton />}
    </SidePanel>
  )
}
