/** The mark: a lattice, as a trellis is one. */
export function Logo({ size = 20 }: { readonly size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 20 20" fill="none" style={{ flex: 'none' }}>
      <rect width="20" height="20" rx="5" fill="var(--accent)" />
      <path d="M5 10 10 5l5 5-5 5zM7.5 7.5l5 5M12.5 7.5l-5 5" stroke="#fff" strokeWidth="1.4" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  )
}
