import { readSettings } from '../../config/settings.ts'
import { actorOfRequest } from '../../plugins/core/access/collection-hooks.ts'
import { platformOf } from '../../plugins/core/platform/platform.ts'
import { navigation } from '../../plugins/core/views/frame-view.ts'
import { signedInSession } from '../frame/page-session.ts'
import { ProblemPage } from '../frame/problem-page.tsx'
import { importTexts } from '../locales/import-texts.ts'
import { NewImportScreen } from './new-import-screen.tsx'

/** The first step: a file for a list. Without a list, which one is asked first. */
export async function NewImportPage({ slug }: { readonly slug?: string }) {
  const { req } = await signedInSession(`/admin/imports/new${slug === undefined ? '' : `?entity=${encodeURIComponent(slug)}`}`)
  const groups = navigation(platformOf(req.payload), await actorOfRequest(req))
  const entities = groups.flatMap((group) => group.entities.filter((entity) => entity.import)).map((entity) => ({ slug: entity.slug, label: entity.label }))
  const entity = entities.find((one) => one.slug === slug) ?? null
  if (entities.length === 0) return <ProblemPage text={importTexts.noRight} />
  if (slug !== undefined && entity === null) return <ProblemPage text={importTexts.noRightFor} />
  return <NewImportScreen key={slug} entity={entity} entities={entities} limitBytes={readSettings(process.env).limits.uploadBytes} />
}
