/** How the documents of an entity are shown, as a person keeps it. Plain JSON; what is absent is as the entity has it. */

export const viewKinds = ['table', 'kanban', 'calendar', 'gallery', 'chart', 'form'] as const
export type ViewKind = (typeof viewKinds)[number]

export const viewBuckets = ['day', 'week', 'month', 'quarter', 'year'] as const
/** The span of days that stands for one group of a chart. */
export type ViewBucket = (typeof viewBuckets)[number]

export const viewAggregates = ['count', 'sum', 'avg'] as const
export type ViewAggregate = (typeof viewAggregates)[number]

export const chartShapes = ['bar', 'line', 'pie'] as const
export type ChartShape = (typeof chartShapes)[number]

export const calendarScales = ['month', 'week'] as const
export type CalendarScale = (typeof calendarScales)[number]

export type ViewFilter = { readonly field: string; readonly operator: string; readonly value: string }

export type ViewDefinition = {
  readonly kind: ViewKind
  /** Columns of the table, lines of a card, in their order. */
  readonly fields?: readonly string[]
  /** `table`: pixels by column. */
  readonly widths?: Readonly<Record<string, number>>
  readonly search?: string
  /** The state of the workflow that is shown alone. */
  readonly state?: string
  readonly filters?: readonly ViewFilter[]
  /** The name of a field, with "-" in front to begin with the largest. */
  readonly sort?: string
  /** `kanban`, `chart`: the field whose values are the columns or groups; `state` for the workflow's. */
  readonly groupBy?: string
  /** `chart` by a day or moment. */
  readonly bucket?: ViewBucket
  /** `kanban`, `chart`: the figure that is added up. */
  readonly measure?: string
  readonly aggregate?: ViewAggregate
  readonly shape?: ChartShape
  /** `calendar`: the day on which a document stands, and the last one. */
  readonly from?: string
  readonly to?: string
  readonly scale?: CalendarScale
  /** What a card is called by; absent: the entity's own title. */
  readonly title?: string
  /** `gallery`: the field of the picture. */
  readonly picture?: string
}

/** With whom the owner of a view shares it. */
export const viewSharings = ['private', 'roles', 'everyone'] as const
export type ViewSharing = (typeof viewSharings)[number]

/** A view as the file that a firm keeps. */
export type ViewFile = { readonly kind: 'view'; readonly entity: string; readonly name: string; readonly nameZh?: string; readonly view: ViewDefinition }
