/** The picture under the pointer: the card, lifted, and how many come with it. */
export function makeDragPreview(card: HTMLElement, count: number): HTMLElement {
  const preview = document.createElement('div')
  preview.className = 'board-drag-preview'
  preview.style.width = `${card.offsetWidth}px`
  const copy = card.cloneNode(true) as HTMLElement
  copy.removeAttribute('data-card')
  copy.classList.remove('carried')
  preview.append(copy)
  if (count > 1) {
    const badge = document.createElement('span')
    badge.className = 'board-drag-count'
    badge.textContent = String(count)
    preview.append(badge)
  }
  return preview
}
