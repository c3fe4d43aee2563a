/** A text that people read, in both languages of the product. */
export type Text = { readonly en: string; readonly zh: string }

export const languages = ['en', 'zh'] as const
export type Language = (typeof languages)[number]

export type JsonScalar = string | number | boolean | null
export type Json = JsonScalar | readonly Json[] | { readonly [key: string]: Json }
