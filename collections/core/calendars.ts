import type { EntityDefinition } from '../../config/language/entity.ts'
import { date, key, option, required, select, table, text, time } from '../../config/language/fields.ts'
import { masterStatus } from './shared-fields.ts'

const weekday = (value: string, en: string, zh: string) => option(value, { en, zh })

/** When a firm works: what deadlines are counted on. */
export const workingCalendars = {
  slug: 'working-calendars',
  system: 'core',
  kind: 'master',
  label: { en: 'Working calendar', zh: '工作日历' },
  labels: { en: 'Working calendars', zh: '工作日历' },
  help: {
    en: 'Deadlines of workflows are counted on it. A change counts from now on; deadlines that run already stay as they are, unless you recount them.',
    zh: '流程时限按工作日历计算。修改自此刻起生效，已开始的时限不变，除非执行“重新计算时限”。',
  },
  titleField: 'name',
  fields: [
    text('code', { en: 'Code', zh: '编码' }, { ...key, help: { en: 'Workflows name the calendar by it.', zh: '流程通过此编码引用日历。' } }),
    text('name', { en: 'Name', zh: '名称' }, required),
    text('nameZh', { en: 'Chinese name', zh: '中文名称' }),
    text('timeZone', { en: 'Time zone', zh: '时区' }, { ...required, help: { en: 'IANA name, for example Europe/Berlin.', zh: 'IANA 名称，例如 Asia/Shanghai。' } }),
    table('shifts', { en: 'Working week', zh: '每周班次' }, {
      ...required, minRows: 1, maxRows: 60,
      help: { en: 'A row a shift; a day may have several. One that ends at or before its begin ends on the day after.', zh: '每行一个班次，同一天可有多个。结束时间不晚于开始时间的，视为次日结束。' },
      columns: [
        select('day', { en: 'Day', zh: '星期' }, {
          ...required,
          options: [
            weekday('monday', 'Monday', '星期一'), weekday('tuesday', 'Tuesday', '星期二'), weekday('wednesday', 'Wednesday', '星期三'), weekday('thursday', 'Thursday', '星期四'),
            weekday('friday', 'Friday', '星期五'), weekday('saturday', 'Saturday', '星期六'), weekday('sunday', 'Sunday', '星期日'),
          ],
        }),
        time('from', { en: 'From', zh: '开始' }, required),
        time('to', { en: 'To', zh: '结束' }, required),
      ],
    }),
    table('exceptions', { en: 'Holidays and other days', zh: '节假日与调休' }, {
      maxRows: 500,
      help: {
        en: 'Days that differ from the week. Without times nobody works; with times work is then, and not as in the week; a day may have several rows.',
        zh: '与每周班次不同的日期。不填时间表示休息；填写时间则按该时间上班（调休），替代当天的每周班次；同一天可有多行。',
      },
      columns: [
        date('date', { en: 'Date', zh: '日期' }, required),
        date('until', { en: 'To and including', zh: '至（含）' }),
        text('name', { en: 'Name', zh: '名称' }),
        time('from', { en: 'Works from', zh: '上班' }),
        time('to', { en: 'Works to', zh: '下班' }),
      ],
    }),
    masterStatus,
  ],
  listColumns: ['code', 'name', 'timeZone', 'status'],
  searchFields: ['code', 'name', 'nameZh'],
  defaultSort: 'code',
} satisfies EntityDefinition
