// The little script of our own: everything works without it.
const focusProblem = (root) => root.querySelector('[data-focus]')?.focus()

document.addEventListener('DOMContentLoaded', () => focusProblem(document))
// After a swap the focus goes to what the server marked: an error summary or the changed part.
document.addEventListener('htmx:after:swap', (event) => {
  focusProblem(event.target ?? document)
  tellCount()
})

// A list that was searched while typing says how much it found.
function tellCount() {
  const status = document.querySelector('[data-list-status]')
  const found = document.querySelector('.list-table caption, main .empty')
  if (status && found) status.textContent = found.textContent
}

// A second click must not send a form twice.
document.addEventListener('submit', (event) => {
  const form = event.target
  if (form.method !== 'post' || event.defaultPrevented) return
  if (form.dataset.sent) event.preventDefault()
  form.dataset.sent = 'yes'
})
// Coming back with the browser's button: the form may be sent again.
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent
})
