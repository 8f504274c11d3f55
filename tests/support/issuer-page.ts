/** Where people at the test issuer say who they are: an address, which is their name there too. */
export const allowPage = `<!doctype html><meta charset="utf-8"><title>Somewhere</title>
<form method="post">
  <label>Address <input id="email" type="email" autofocus></label>
  <input id="person" type="hidden" name="person">
  <button>Allow</button>
  <button name="no" value="1">Decline</button>
</form>
<script>
  document.querySelector('form').addEventListener('submit', () => {
    const email = document.querySelector('#email').value
    const person = { sub: email, email, email_verified: true, name: 'Ann Elsewhere' }
    document.querySelector('#person').value = JSON.stringify(person)
  })
</script>`
