// Stands inside the page for wrong addresses, which hosts show at any depth. The name of a language in the address
// tells where the folder of the site is; links then lead there.
const links = Array.from(document.querySelectorAll<HTMLAnchorElement>('a[data-language]'))
const parts = location.pathname.split('/')
const at = parts.findIndex(part => links.some(link => link.dataset.language == part))
if (at > 0) for (const link of links) link.href = parts.slice(0, at).join('/') + '/' + link.dataset.language + '/index.html'
