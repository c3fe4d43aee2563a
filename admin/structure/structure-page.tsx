import { actorOfRequest } from '../../plugins/core/access/collection-hooks.ts'
import { can } from '../../plugins/core/access/can.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { platformOf } from '../../plugins/core/platform/platform.ts'
import { describeEntity } from '../../plugins/core/views/entity-view.ts'
import { loadTitles } from '../../plugins/core/views/titles.ts'
import { signedInSession } from '../frame/page-session.ts'
import { ProblemPage } from '../frame/problem-page.tsx'
import { structureTexts } from '../locales/structure-texts.ts'
import { StructureScreen } from './structure-screen.tsx'
import { operationOf, viewNames } from './view-names.ts'

/** What parts are made of, for who may ask. */
export async function StructurePage({ shown, given }: { readonly shown?: string; /** Ids of a part, or of two bills. */ readonly given: Readonly<Record<string, string>> }) {
  const { req, language } = await signedInSession('/admin/structure')
  const platform = platformOf(req.payload)
  const actor = await actorOfRequest(req)
  const entity = platform.entities.get('bom-versions')
  const operations = entity && can(actor, 'read', entity).allowed ? describeEntity({ platform, actor }, entity).operations.map(({ name }) => name) : []
  const views = viewNames.filter((name) => operations.includes(operationOf(name)))
  const [first] = views
  if (!first) return <ProblemPage text={structureTexts.none} />
  const { part, ...bills } = given
  const titles = await loadTitles({ platform, store: openStore(req.payload), actor, language }, new Map([['parts', new Set(part ? [part] : [])], ['bom-versions', new Set(Object.values(bills))]]))
  return <StructureScreen views={views} view={views.find((name) => name === shown) ?? first} given={given} titles={titles} />
}
