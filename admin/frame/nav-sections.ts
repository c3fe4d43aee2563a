import type { Text } from '../../config/language/text.ts'
import { systems } from '../../config/systems.ts'
import type { NavGroup } from '../../plugins/core/views/frame-view.ts'
import type { IconName } from '../kit/icon.tsx'
import { configurationTexts } from '../locales/configuration-texts.ts'
import { healthTexts } from '../locales/health-texts.ts'
import { importTexts } from '../locales/import-texts.ts'
import { pageDesignTexts } from '../locales/page-design-texts.ts'
import { holdTexts } from '../locales/quality-texts.ts'
import { securityTexts } from '../locales/security-texts.ts'
import { structureTexts } from '../locales/structure-texts.ts'
import { frameTexts } from '../locales/texts.ts'

export type NavLink = { readonly href: string; readonly label: Text; readonly icon?: IconName; readonly entity?: string; readonly create?: Text; readonly import?: boolean; readonly export?: boolean }
export type NavSection = { readonly slug: string; readonly name: Text; readonly links: readonly NavLink[] }

/** The navigation as it is drawn: each system's entities, then the pages that keep the platform itself. */
export function navSections(groups: readonly NavGroup[], pages: readonly { readonly slug: string; readonly title: Text }[], rights: { readsUsers: boolean; isOwner: boolean; hasKeys: boolean; seesSignIns: boolean; seesDeadLetters: boolean; seesHealth: boolean; configures: boolean; runsReports: boolean; asksStructure: boolean }): NavSection[] {
  const sections = groups.map(({ slug, entities }): NavSection => ({
    slug,
    name: systems.find((system) => system.slug === slug)?.name ?? frameTexts.basics,
    links: entities.map((entity) => ({
      href: `/admin/collections/${entity.slug}`, label: entity.label, entity: entity.slug, ...(entity.create ? { create: entity.one } : {}), import: entity.import, export: entity.export,
    })),
  }))
  const addTo = (system: string, link: NavLink) => {
    const place = sections.findIndex(({ slug }) => slug === system)
    const section = sections[place]
    if (section) sections[place] = { ...section, links: [...section.links, link] }
  }
  if (rights.runsReports) addTo('erp', { href: '/admin/reports', label: frameTexts.reports })
  if (rights.asksStructure) addTo('mrp', { href: '/admin/structure', label: structureTexts.title })
  const reads = (entity: string) => groups.some(({ entities }) => entities.some(({ slug }) => slug === entity))
  if (['inspections', 'nonconformances', 'stock-balances', 'parts'].every(reads)) addTo('qms', { href: '/admin/hold-board', label: holdTexts.title })
  if (pages.length > 0) sections.push({ slug: 'pages', name: pageDesignTexts.navigation, links: pages.map(({ slug, title }) => ({ href: `/admin/pages/${slug}`, label: title })) })
  const imports = groups.some(({ entities }) => entities.some((entity) => entity.import))
  const links: NavLink[] = [
    ...(rights.readsUsers ? [{ href: '/admin/collections/users', label: frameTexts.users, icon: 'users' as const }] : []),
    ...(rights.isOwner ? [{ href: '/admin/collections/roles', label: frameTexts.roles, icon: 'shield' as const }] : []),
    ...(rights.hasKeys ? [{ href: '/admin/api-keys', label: securityTexts.keys, icon: 'key' as const }] : []),
    ...(rights.seesSignIns ? [{ href: '/admin/collections/sign-ins', label: securityTexts.signIns, icon: 'logout' as const }] : []),
    ...(imports ? [{ href: '/admin/imports', label: importTexts.title, icon: 'upload' as const }] : []),
    ...(rights.configures ? [{ href: '/admin/configuration', label: configurationTexts.title, icon: 'columns' as const }] : []),
    ...(rights.seesDeadLetters ? [{ href: '/admin/dead-letters', label: frameTexts.deadLetters, icon: 'alert' as const }] : []),
    ...(rights.seesHealth ? [{ href: '/admin/system-health', label: healthTexts.title, icon: 'clock' as const }] : []),
  ]
  return links.length > 0 ? [...sections, { slug: 'administration', name: frameTexts.administration, links }] : sections
}
