/** The service worker (public/sw.js): its start, and its leaving without a trace. */

/** Ask for it to be there in the version that the centre serves now; without a network the kept one goes on. */
export async function installShell(): Promise<void> {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return;
  try {
    const answer = await fetch('/field-shell.json', { cache: 'no-store' });
    if (!answer.ok) return;
    const { version } = (await answer.json()) as { version: string };
    // Another address is another worker: it fetches its version whole and then takes over.
    await navigator.serviceWorker.register(`/sw.js?v=${version}`, { scope: '/' });
  } catch {
    // No network: nothing to install from, and nothing lost.
  }
}

export async function removeShell(): Promise<void> {
  for (const registration of (await navigator.serviceWorker?.getRegistrations()) ?? []) {
    const worker = registration.active;
    if (!worker) {
      await registration.unregister();
      continue;
    }
    await new Promise<void>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve();
      worker.postMessage('leave', [port2]);
    });
  }
}
