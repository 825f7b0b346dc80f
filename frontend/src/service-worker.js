// For applicants on a bad connection: the built files come from this device, and where the office cannot be reached stands a page that says so.
// Pages of people are never kept; only what everybody gets: the offline pages (/offline, /offline?unsent) and /assets/.
const scope = new URL(self.registration.scope);
const name = `loket-${new URL(self.location.href).searchParams.get('v')}`; // a new one with every build
const assets = new URL('assets/', scope).href;
const offline = new URL('offline', scope).href;
const unsent = `${offline}?unsent`;

self.addEventListener('install', (event) => event.waitUntil(fill().then(() => self.skipWaiting())));
self.addEventListener('activate', (event) => event.waitUntil(clear().then(() => self.clients.claim())));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => without(request)));
  else if (request.method === 'GET' && request.url.startsWith(assets)) event.respondWith(built(request));
});

async function fill() {
  const store = await caches.open(name);
  const files = new Set();
  for (const address of [offline, unsent]) {
    const page = await fetch(address, { credentials: 'omit', cache: 'no-store' });
    if (!page.ok) throw new Error(`${address}: ${page.status}`);
    await store.put(address, page.clone());
    for (const [, path] of (await page.text()).matchAll(/(?:href|src)="([^"]+)"/g)) files.add(new URL(path, address).href);
  }
  await store.addAll([...files].filter((file) => file.startsWith(assets)));
}

async function clear() {
  for (const other of await caches.keys()) if (other.startsWith('loket-') && other !== name) await caches.delete(other);
}

async function without(request) {
  const page = await (await caches.open(name)).match(request.method === 'GET' ? offline : unsent);
  return page ? new Response(page.body, { status: 503, headers: page.headers }) : Response.error();
}

async function built(request) {
  const store = await caches.open(name);
  const kept = await store.match(request, { ignoreVary: true });
  if (kept) return kept;
  const found = await fetch(request);
  if (found.ok) await store.put(request, found.clone());
  return found;
}
