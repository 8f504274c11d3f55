import { createServer, type Server } from 'node:http'

/** What the page has to look like, in pixels, to show as many boxes as another page does. */
export type Shape = {
  columns: number
  boxesPerColumn: number
  boxWidthPx: number
  boxHeightPx: number
  gapPx: number
  /** Where the first box begins. */
  topPx: number
  leftPx: number
}

/** Drag and drop as browsers have it: a box goes where it is let go. */
const DRAG = `
  let dragged
  addEventListener('dragstart', (event) => (dragged = event.target))
  addEventListener('dragover', (event) => event.preventDefault())
  addEventListener('drop', (event) => {
    event.preventDefault()
    event.target.closest('.column').prepend(dragged)
  })`

/** The floor of a large board: plain boxes in plain columns that scroll, and no framework. */
export function plainPage(shape: Shape): string {
  const { boxWidthPx, boxHeightPx, gapPx, topPx, leftPx } = shape
  const box = (number: number) => `<div class="box" draggable="true">Card ${number} of many</div>`
  const column = (_: unknown, index: number) => {
    const first = index * shape.boxesPerColumn
    const boxes = Array.from({ length: shape.boxesPerColumn }, (__, place) => box(first + place))
    return `<div class="column">${boxes.join('')}</div>`
  }
  return `<!doctype html>
<title>Plain</title>
<style>
  body { margin: 0; font: 13px sans-serif }
  .board { display: flex; gap: ${gapPx}px; box-sizing: border-box; width: 100vw; height: 100vh;
    padding: ${topPx}px 0 0 ${leftPx}px; overflow: auto hidden }
  .column { flex: 0 0 ${boxWidthPx}px; overflow: hidden auto }
  .box { box-sizing: border-box; height: ${boxHeightPx}px; margin-bottom: ${gapPx}px;
    padding: 8px; border: 1px solid #ccc; border-radius: 6px }
</style>
<div class="board">${Array.from({ length: shape.columns }, column).join('')}</div>
<script>${DRAG}</script>`
}

/** Serves the page at every address of the port. */
export async function servePage(page: string, port: number): Promise<Server> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8').end(page)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return server
}
