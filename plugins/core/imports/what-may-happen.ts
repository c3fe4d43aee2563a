import type { Text } from '../../../config/language/text.ts'
import type { ImportRecord, ImportStatus } from './import-record.ts'

export type ImportAction = 'change' | 'check' | 'run' | 'pause' | 'resume' | 'cancel' | 'undo'

const allowedIn: Readonly<Record<ImportAction, readonly ImportStatus[]>> = {
  change: ['mapping', 'checked', 'failed'],
  check: ['mapping', 'checked', 'failed'],
  run: ['checked', 'mapping'],
  pause: ['running'],
  resume: ['paused', 'failed'],
  cancel: ['reading', 'mapping', 'checking', 'checked', 'running', 'paused', 'failed'],
  undo: ['done', 'paused', 'cancelled', 'failed'],
}

/** Why it may not happen now, with the remedy; undefined when it may. */
export function refusalOf(record: Pick<ImportRecord, 'status' | 'lastRow' | 'counts' | 'error'>, action: ImportAction): Text | undefined {
  const { status, counts } = record
  const hasBegun = (record.lastRow ?? 0) > 0
  if (!allowedIn[action].includes(status)) return otherwise[action][status] ?? inStatus[status]
  if ((action === 'change' || action === 'check') && hasBegun) return begun
  // The file could not be read: nothing is known of it but why.
  if (action === 'check' && status === 'failed' && counts.rows === null && record.error) return record.error
  if ((action === 'check' || action === 'run') && counts.rows === 0) return noRows
  if (action === 'resume' && !hasBegun && status === 'failed') return neverBegun
  if (action === 'undo' && counts.created + counts.changed === 0) return nothingDone
  if (action === 'undo' && counts.created + counts.changed > mostUndone) return tooManyToUndo
  return undefined
}

const inStatus: Readonly<Record<ImportStatus, Text>> = {
  reading: { en: 'The file is still being read. Wait a moment.', zh: '正在读取文件，请稍候。' },
  mapping: { en: 'Nothing has been checked or run yet.', zh: '尚未检查或执行。' },
  checking: { en: 'It is being checked. Wait until that has ended, or cancel it.', zh: '正在检查，请等待完成或取消。' },
  checked: { en: 'It has been checked and not yet run.', zh: '已检查，尚未执行。' },
  running: { en: 'It is running. Pause it first.', zh: '正在导入，请先暂停。' },
  paused: { en: 'It is paused. Resume or cancel it.', zh: '已暂停，请继续或取消。' },
  done: { en: 'It is done. Upload the file again for another import.', zh: '导入已完成；如需再次导入，请重新上传文件。' },
  failed: { en: 'It has failed; see why, and resume or cancel it.', zh: '导入失败，请查看原因后继续或取消。' },
  cancelled: { en: 'It was cancelled. Upload the file again for another import.', zh: '导入已取消；如需再次导入，请重新上传文件。' },
  undoing: { en: 'It is being undone.', zh: '正在撤销。' },
  undone: { en: 'It was undone. Upload the file again for another import.', zh: '导入已撤销；如需再次导入，请重新上传文件。' },
}

const otherwise: Readonly<Record<ImportAction, Partial<Readonly<Record<ImportStatus, Text>>>>> = {
  change: { paused: { en: 'Part of it is brought in under this mapping. Resume it, or cancel it and upload the file again.', zh: '部分数据已按此映射导入。请继续，或取消后重新上传文件。' } },
  check: {}, run: { paused: { en: 'It is paused: resume it.', zh: '已暂停，请继续执行。' } }, pause: { paused: { en: 'It is paused already.', zh: '已处于暂停状态。' } },
  resume: { running: { en: 'It is running already.', zh: '已在执行中。' } }, cancel: {},
  undo: { running: { en: 'It is running. Pause or cancel it first.', zh: '正在导入，请先暂停或取消。' } },
}

const begun: Text = { en: 'Part of it is brought in under this mapping. Resume it, or cancel it and upload the file again.', zh: '部分数据已按此映射导入。请继续，或取消后重新上传文件。' }
const noRows: Text = {
  en: 'The file has no rows below its column names. Choose another sheet or another row of the column names, or upload a file with rows.',
  zh: '文件在列名行之下没有数据。请改选工作表或列名所在行，或上传含数据的文件。',
}
const neverBegun: Text = { en: 'Nothing of it was brought in. Upload the file again, or change how it is read.', zh: '尚未导入任何数据。请重新上传文件，或修改读取方式。' }
/** Beyond, one transaction would keep others from writing for too long, or outlive what MongoDB allows one. */
export const mostUndone = 50_000
const tooManyToUndo: Text = {
  en: `An import of more than ${mostUndone} documents is not undone: everything or nothing would keep everyone waiting. Import their corrections, or restore a backup.`,
  zh: `超过 ${mostUndone} 条单据的导入不能撤销（整体撤销会使他人长时间等待）。请导入更正数据，或恢复备份。`,
}
const nothingDone: Text = { en: 'It has made and changed nothing, so there is nothing to undo.', zh: '未新建或更改任何数据，无需撤销。' }
