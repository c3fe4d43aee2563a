'use client'

import { useEffect, useRef, type ComponentProps } from 'react'

/** A box that scrolls sideways and tells so: `data-left`, `data-right` stand on it while something is hidden at that side. */
export function ScrollBox(props: ComponentProps<'div'>) {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const box = ref.current
    if (!box) return
    // Written past React: scrolling draws nothing anew.
    const look = () => {
      box.toggleAttribute('data-left', box.scrollLeft > 1)
      box.toggleAttribute('data-right', box.scrollWidth - box.clientWidth - box.scrollLeft > 1)
    }
    const sizes = new ResizeObserver(look)
    for (const one of [box, ...box.children]) sizes.observe(one)
    box.addEventListener('scroll', look, { passive: true })
    return () => {
      sizes.disconnect()
      box.removeEventListener('scroll', look)
    }
  }, [])
  return <div {...props} ref={ref} />
}
