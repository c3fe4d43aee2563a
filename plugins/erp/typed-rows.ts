export { typed, typedRows } from '../core/data/typed-rows.ts'
