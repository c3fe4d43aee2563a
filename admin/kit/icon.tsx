/** Line icons on a grid of 16, drawn for this product; decoration only, so hidden from screen readers. */
const shapes = {
  home: 'M2.5 7.2 8 2.7l5.5 4.5M4 6.2v7h8v-7M6.7 13.2V9.5h2.6v3.7',
  scan: 'M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3M5 5.5v5M8 5.5v5M11 5.5v5',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.4 10.4l3.1 3.1',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  close: 'm4 4 8 8M12 4l-8 8',
  plus: 'M8 3v10M3 8h10',
  bell: 'M4.2 11.2V7a3.8 3.8 0 0 1 7.6 0v4.2l1.2 1.3H3l1.2-1.3ZM6.6 14h2.8',
  check: 'm3 8.4 3.2 3.1L13 4.6',
  down: 'm4 6 4 4 4-4',
  up: 'm4 10 4-4 4 4',
  right: 'm6 4 4 4-4 4',
  left: 'm10 4-4 4 4 4',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  grip: 'M6 4h.01M10 4h.01M6 8h.01M10 8h.01M6 12h.01M10 12h.01',
  filter: 'M2.5 4h11M4.5 8h7M6.5 12h3',
  columns: 'M2.5 3.5h11v9h-11zM6.2 3.5v9M9.8 3.5v9',
  download: 'M8 2.5v7.3M5 7l3 3 3-3M3 13.2h10',
  upload: 'M8 9.8V2.5M5 5.3l3-3 3 3M3 13.2h10',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  undo: 'M5.5 3 2.8 5.7l2.7 2.7M2.8 5.7h6.4a3.8 3.8 0 0 1 0 7.6H6',
  file: 'M4 2.5h5l3 3v8H4zM9 2.5v3h3M6 8.5h4M6 11h4',
  print: 'M4.5 6V2.8h7V6M4.5 11.5h-2v-5h11v5h-2M4.5 9.5h7v3.7h-7z',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 1.6v1.2M8 13.2v1.2M1.6 8h1.2M13.2 8h1.2M3.5 3.5l.8.8M11.7 11.7l.8.8M12.5 3.5l-.8.8M4.3 11.7l-.8.8',
  moon: 'M13 9.6A5.4 5.4 0 0 1 6.4 3 5.4 5.4 0 1 0 13 9.6Z',
  user: 'M8 8.2a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6ZM2.8 13.6c.6-2.3 2.6-3.6 5.2-3.6s4.6 1.3 5.2 3.6',
  users: 'M6 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM1.6 13c.4-2.1 2.1-3.3 4.4-3.3s4 1.2 4.4 3.3M11 7.8a2 2 0 0 0 .2-4M12 10c1.3.4 2.2 1.4 2.5 3',
  shield: 'M8 2.2 13 4v3.8c0 3-2 5-5 6-3-1-5-3-5-6V4z',
  alert: 'M8 2.5 14 13H2zM8 6.5v3M8 11.3h.01',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.3v3.6M8 5.2h.01',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 4.8V8l2.2 1.4',
  calendar: 'M2.8 4h10.4v9.2H2.8zM2.8 7h10.4M5.5 2.5v2.8M10.5 2.5v2.8',
  link: 'M6.6 9.4a2.6 2.6 0 0 0 3.7 0l2.2-2.2a2.6 2.6 0 0 0-3.7-3.7l-.7.7M9.4 6.6a2.6 2.6 0 0 0-3.7 0L3.5 8.8a2.6 2.6 0 0 0 3.7 3.7l.7-.7',
  trash: 'M3 4.3h10M6.3 4.3V2.8h3.4v1.5M4.3 4.3l.6 9h6.2l.6-9M6.8 6.8v4M9.2 6.8v4',
  copy: 'M5.5 5.5h7v7h-7zM3.5 10.5v-7h7',
  sidebar: 'M2.5 3.5h11v9h-11zM6.2 3.5v9',
  external: 'M6.5 3.5h-3v9h9v-3M9 3.5h3.5V7M12.3 3.7 7.5 8.5',
  globe: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM2.2 8h11.6M8 2c1.7 1.7 2.4 3.7 2.4 6S9.7 12.3 8 14C6.3 12.3 5.6 10.3 5.6 8S6.3 3.7 8 2Z',
  logout: 'M6.5 2.8h-3v10.4h3M9.8 5 12.8 8l-3 3M12.6 8H6.4',
  box: 'M8 2.2 13.3 5v6L8 13.8 2.7 11V5zM2.9 5.1 8 7.8l5.1-2.7M8 7.8v6',
  play: 'M5 3.2 12.4 8 5 12.8z',
  paste: 'M5.5 3.5h-2v10h9v-10h-2M5.5 2.5h5v2.2h-5z',
  refresh: 'M13.2 8a5.2 5.2 0 1 1-1.5-3.7M13.3 2.4v2.8h-2.8',
  table: 'M2.5 3.5h11v9h-11zM2.5 6.5h11M2.5 9.5h11M6.5 6.5v6',
  graph: 'M2.2 6.3h3.6v3.4H2.2zM10.2 2.6h3.6V6h-3.6zM10.2 10h3.6v3.4h-3.6zM5.8 8h2.2m2.2-3.7H8v7.4h2.2',
  kanban: 'M2.5 3.5h3v9h-3zM6.5 3.5h3v6h-3zM10.5 3.5h3v7.5h-3z',
  gallery: 'M2.5 3h4.7v4.2H2.5zM8.8 3h4.7v4.2H8.8zM2.5 8.8h4.7V13H2.5zM8.8 8.8h4.7V13H8.8z',
  chart: 'M2.8 2.5v10.7h10.7M5.5 10.8V8M8.3 10.8V5M11.1 10.8V6.6',
  form: 'M3.5 2.5h9v11h-9zM5.5 5.5h5M5.5 8h5M5.5 10.5h3',
  pin: 'M8 14s4.6-4.3 4.6-7.6a4.6 4.6 0 0 0-9.2 0C3.4 9.7 8 14 8 14ZM8 8.1a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4Z',
  key: 'M10 9.2a3.2 3.2 0 1 0-3-2.1L2.5 11.6v2h2.2v-1.6h1.6v-1.6l1.3-1.3c.7.1 1.6.1 2.4.1ZM11 5.6h.01',
} as const

export type IconName = keyof typeof shapes

export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth={1.4} strokeLinecap="round" strokeLinejoin="round" style={{ flex: 'none' }}>
      <path d={shapes[name]} strokeWidth={name === 'more' || name === 'grip' ? 2.2 : 1.4} />
    </svg>
  )
}
