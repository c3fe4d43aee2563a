'use client'

import { useRef, useState, type PointerEvent } from 'react'
import { leastPoints, mostMark, pad, writeMark, type Point } from '../../config/language/signature.ts'

type Strokes = readonly (readonly Point[])[]

/** Points nearer than this to the last one say nothing that anyone sees. */
const nearest = 6

/** Lines that are drawn with one pointer at a time on an element that has the shape of the pad. */
export function useStrokes(drawn: Strokes, onDrawn: (strokes: Strokes) => void) {
  const [stroke, setStroke] = useState<readonly Point[]>([])
  // What comes between two pictures is known here at once.
  const current = useRef<readonly Point[]>([])
  const [begun, setBegun] = useState<Strokes>([])
  const before = drawn.length > 0 ? drawn : begun
  const put = (points: readonly Point[]) => {
    current.current = points
    setStroke(points)
  }
  const isRoom = (points: readonly Point[]) => writeMark({ strokes: [...before, points] }).length < mostMark - 20
  const begin = (event: PointerEvent<HTMLElement>) => {
    if (!event.isPrimary || event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    put([pointOf(event)])
  }
  const go = (event: PointerEvent<HTMLElement>) => {
    const last = current.current.at(-1)
    if (!last || !event.isPrimary) return
    const moves = event.nativeEvent.getCoalescedEvents?.() ?? []
    const points = (moves.length > 0 ? moves : [event.nativeEvent]).map((move) => pointOf({ currentTarget: event.currentTarget, clientX: move.clientX, clientY: move.clientY }))
    const next = points.reduce((all, point) => (distance(all.at(-1) ?? last, point) < nearest ? all : [...all, point]), current.current)
    if (next !== current.current && isRoom(next)) put(next)
  }
  const end = () => {
    if (current.current.length === 0) return
    const all = [...before, current.current]
    put([])
    // A dot alone is no signature yet; it is kept for what follows.
    if (all.flat().length >= leastPoints) { setBegun([]); onDrawn(all) } else setBegun(all)
  }
  return {
    strokes: stroke.length > 0 ? [...before, stroke] : before,
    handlers: { onPointerDown: begin, onPointerMove: go, onPointerUp: end, onPointerCancel: end },
  }
}

type Placed = { readonly currentTarget: HTMLElement; readonly clientX: number; readonly clientY: number }

function pointOf({ currentTarget, clientX, clientY }: Placed): Point {
  const { left, top, width, height } = currentTarget.getBoundingClientRect()
  const within = (part: number, most: number) => Math.round(Math.min(1, Math.max(0, part)) * most)
  return [within((clientX - left) / width, pad.width), within((clientY - top) / height, pad.height)]
}

const distance = ([x, y]: Point, [otherX, otherY]: Point): number => Math.hypot(x - otherX, y - otherY)
