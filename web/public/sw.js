/**
 * Lets the telephones' pages (/field, /unit) start without a network. It answers for them and for the files that belong to them,
 * and for nothing else: the API, signing in, live video and the other desks never pass through here.
 *
 * The files are listed by the build in field-shell.json; each version has a cache of its own. A new version is fetched
 * whole before it takes the place of the old one, so a network that breaks in between leaves a working version.
 */
const CACHE = 'prahari-field-';
/** All are the console's one page; it is kept under the first. */
const PAGES = ['/field', '/unit'];
const PAGE = PAGES[0];
const LIST = '/field-shell.json';
const ALSO = ['/favicon.svg', '/icon-192.png', '/manifest.webmanifest', '/unit.webmanifest'];
const NETWORK_MS = 4000;

async function fetchWhole(url) {
  const response = await fetch(url, { cache: 'no-cache', credentials: 'same-origin' });
  if (!response.ok || response.redirected) throw new Error(`${url}: ${response.status}`);
  return response;
}

async function take() {
  const { version, files } = await (await fetchWhole(LIST)).json();
  const cache = await caches.open(CACHE + version);
  await Promise.all([PAGE, ...ALSO, ...files].map(async (url) => cache.put(url, await fetchWhole(url))));
  // Last of all: a cache without its list was not finished.
  await cache.put(LIST, new Response(JSON.stringify({ version })));
}

/** The newest version that was fetched whole. */
async function current() {
  for (const name of (await caches.keys()).filter((one) => one.startsWith(CACHE)).reverse()) {
    const cache = await caches.open(name);
    if (await cache.match(LIST)) return { name, cache };
  }
  return null;
}

self.addEventListener('install', (event) => {
  event.waitUntil(take().then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const kept = await current();
      const names = (await caches.keys()).filter((name) => name.startsWith(CACHE) && name !== kept?.name);
      await Promise.all(names.map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  );
});

/** The page from the centre while it answers in time, else the one that is kept. */
async function page(request) {
  const kept = await current();
  const stored = kept && (await kept.cache.match(PAGE));
  if (!stored) return fetch(request);
  const late = new Promise((resolve) => setTimeout(resolve, NETWORK_MS, null));
  const fresh = fetch(request).then(
    (response) => (response.ok ? response : null),
    () => null,
  );
  return (await Promise.race([fresh, late])) ?? stored;
}

async function file(request) {
  const kept = await caches.match(request.url, { ignoreVary: true });
  return kept ?? fetch(request);
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (PAGES.some((one) => `${url.pathname}/`.startsWith(`${one}/`))) event.respondWith(page(request));
  } else if (url.pathname.startsWith('/assets/') || ALSO.includes(url.pathname)) {
    event.respondWith(file(request));
  }
});

self.addEventListener('message', (event) => {
  if (event.data !== 'leave') return;
  event.waitUntil(
    (async () => {
      const names = (await caches.keys()).filter((name) => name.startsWith(CACHE));
      await Promise.all(names.map((name) => caches.delete(name)));
      await self.registration.unregister();
      event.ports[0]?.postMessage('left');
    })(),
  );
});
