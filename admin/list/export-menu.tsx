'use client'

import { whereParams, type ListQuery } from '../../plugins/core/views/list-query.ts'
import type { ListView } from '../../plugins/core/views/list-view.ts'
import { Button } from '../kit/button.tsx'
import { downloadFrom } from '../kit/download.ts'
import { Menu, MenuHeading, MenuItem } from '../kit/floating.tsx'
import { useKit, useText } from '../kit/kit-context.tsx'
import { exportTexts } from '../locales/import-texts.ts'

const formats = ['xlsx', 'csv'] as const

/** The rows of the list as a file: to read, with the columns shown or all of them, or to import again without loss. */
export function ExportMenu({ view, query }: { readonly view: ListView; readonly query: ListQuery }) {
  const say = useText()
  const { language } = useKit()
  const { entity, where, sort } = view
  const save = (params: readonly (readonly [string, string])[]) => {
    const all = new URLSearchParams([...whereParams(where), ...params.map(([name, value]): [string, string] => [name, value])])
    downloadFrom(`/api/${entity.slug}/export?${all.toString()}`)
  }
  const shown = (query.columns.length > 0 ? query.columns : entity.listColumns).join(',')
  return (
    <Menu label={say(exportTexts.export)} trigger={(props) => <Button {...props} icon="download">{say(exportTexts.export)}</Button>}>
      {(close) => (
        <>
          <MenuHeading text={say(exportTexts.forPeople)} help={say(exportTexts.forPeopleHelp)} />
          {([['shown', [['columns', shown]]], ['all', []]] as const).flatMap(([columns, more]) => formats.map((format) => (
            <MenuItem key={`${columns} ${format}`} onSelect={() => { close(); save([['sort', sort], ['language', language], ['format', format], ...more]) }}>
              {say(exportTexts.file, { format: format.toUpperCase(), columns: say(exportTexts[columns]) })}
            </MenuItem>
          )))}
          <MenuHeading text={say(exportTexts.forImport)} help={say(exportTexts.forImportHelp)} />
          {formats.map((format) => <MenuItem key={format} onSelect={() => { close(); save([['for', 'import'], ['format', format]]) }}>{format.toUpperCase()}</MenuItem>)}
        </>
      )}
    </Menu>
  )
}
