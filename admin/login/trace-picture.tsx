/** One order's way as a drawing: quote to order, to delivery and purchase, to invoice and payment. */
export function TracePicture({ className }: { readonly className?: string }) {
  const node = (x: number, y: number, width = 84) => <rect x={x} y={y} width={width} height={30} rx={7} fill="#ffffff1c" stroke="#ffffff66" />
  const line = (x: number, y: number, width: number) => <rect x={x} y={y} width={width} height={5} rx={2.5} fill="#ffffffb0" />
  return (
    <svg aria-hidden="true" className={className} viewBox="0 0 460 190" fill="none">
      <path d="M98 95h38M220 95c22 0 14-56 38-56M220 95h38M220 95c22 0 14 56 38 56M342 39c24 0 14 56 36 56M342 95h36M342 151c24 0 14-56 36-56" stroke="#ffffff80" strokeWidth="1.5" />
      {node(14, 80)}{node(136, 80)}{node(258, 24)}{node(258, 80)}{node(258, 136)}{node(378, 80, 72)}
      {line(28, 92, 44)}{line(150, 92, 52)}{line(272, 36, 40)}{line(272, 92, 50)}{line(272, 148, 36)}{line(392, 92, 40)}
      {[[90, 80], [212, 80], [334, 24], [334, 80], [334, 136], [442, 80]].map(([x, y]) => <circle key={`${x}${y}`} cx={x} cy={y} r={5} fill="#8ff0c0" />)}
    </svg>
  )
}
