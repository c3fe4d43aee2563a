import type { EntityDefinition } from '../../config/language/entity.ts'
import { boolean, dateTime, indexed, integer, json, option, relation, required, select, text } from '../../config/language/fields.ts'

/** What stands between a file and the documents made of it; written by the importer's own doors only (`plugins/core/imports`). */
export const imports: EntityDefinition = {
  slug: 'imports', system: 'core', kind: 'record', titleField: 'number',
  label: { en: 'Import', zh: '导入' }, labels: { en: 'Imports', zh: '导入' },
  help: { en: 'A file that is brought into an entity: mapped, checked, run, and undone if need be.', zh: '将文件数据导入某类单据或资料：映射、检查、执行，必要时可撤销。' },
  fields: [
    text('number', { en: 'Number', zh: '编号' }, { ...required, unique: true }),
    text('entity', { en: 'Into', zh: '导入到' }, { ...required, ...indexed }),
    select('status', { en: 'Status', zh: '状态' }, {
      ...required, ...indexed,
      options: [
        option('reading', { en: 'Reading the file', zh: '读取文件中' }, 'waiting'),
        option('mapping', { en: 'To be mapped', zh: '待映射' }, 'neutral'),
        option('checking', { en: 'Checking', zh: '检查中' }, 'waiting'),
        option('checked', { en: 'Checked', zh: '已检查' }, 'neutral'),
        option('running', { en: 'Running', zh: '导入中' }, 'waiting'),
        option('paused', { en: 'Paused', zh: '已暂停' }, 'warning'),
        option('done', { en: 'Done', zh: '已完成' }, 'good'),
        option('failed', { en: 'Failed', zh: '失败' }, 'bad'),
        option('cancelled', { en: 'Cancelled', zh: '已取消' }, 'neutral'),
        option('undoing', { en: 'Being undone', zh: '撤销中' }, 'waiting'),
        option('undone', { en: 'Undone', zh: '已撤销' }, 'neutral'),
      ],
    }),
    text('fileName', { en: 'File', zh: '文件' }, required),
    integer('fileBytes', { en: 'Bytes', zh: '字节数' }, required),
    select('format', { en: 'Format', zh: '格式' }, { ...required, options: [option('csv', { en: 'CSV', zh: 'CSV' }), option('xlsx', { en: 'XLSX', zh: 'XLSX' })] }),
    json('options', { en: 'How the file is read', zh: '读取方式' }),
    json('columns', { en: 'Columns', zh: '列' }),
    json('mapping', { en: 'Mapping', zh: '映射' }),
    json('matching', { en: 'Matching', zh: '匹配方式' }),
    json('counts', { en: 'Counts', zh: '计数' }),
    json('byColumn', { en: 'Problems by column', zh: '按列统计的问题' }, { advanced: true }),
    json('position', { en: 'Position', zh: '位置' }, { advanced: true }),
    integer('lastRow', { en: 'Last row done', zh: '已处理至行' }, { advanced: true }),
    text('headersKey', { en: 'Headers', zh: '表头' }, { ...indexed, advanced: true }),
    boolean('remembered', { en: 'Mapped as last time', zh: '沿用上次映射' }, { advanced: true }),
    relation('owner', { en: 'By', zh: '操作人' }, { to: 'users', ...required }),
    text('apiKey', { en: 'API key', zh: 'API 密钥' }, { advanced: true }),
    dateTime('startedAt', { en: 'Started', zh: '开始时间' }),
    dateTime('endedAt', { en: 'Ended', zh: '结束时间' }),
    json('error', { en: 'Error', zh: '错误' }),
  ],
  listColumns: ['number', 'entity', 'fileName', 'status', 'owner', 'startedAt', 'endedAt'], searchFields: ['number', 'fileName'], defaultSort: '-createdAt',
}

/** Which documents an import made or changed, and how they were before: what an undo goes by. */
export const importRows: EntityDefinition = {
  slug: 'import-rows', system: 'core', kind: 'record', titleField: 'id',
  label: { en: 'Imported document', zh: '导入的单据' }, labels: { en: 'Imported documents', zh: '导入的单据' },
  fields: [
    text('import', { en: 'Import', zh: '导入' }, required),
    integer('row', { en: 'Row', zh: '行号' }, required),
    text('key', { en: 'Key', zh: '键' }),
    text('documentId', { en: 'Document', zh: '单据' }, required),
    select('action', { en: 'Action', zh: '操作' }, { ...required, options: [option('created', { en: 'Created', zh: '新建' }), option('updated', { en: 'Changed', zh: '更改' })] }),
    integer('version', { en: 'Version after', zh: '之后的版本' }, required),
    json('before', { en: 'Before', zh: '之前' }),
  ],
  listColumns: ['import', 'row', 'key', 'documentId', 'action', 'version'],
  indexes: [{ fields: ['import', 'documentId'], unique: true }], unlisted: true,
}

export const importEntities: readonly EntityDefinition[] = [imports, importRows]
