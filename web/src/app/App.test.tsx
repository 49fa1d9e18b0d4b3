import { cleanup, render, screen } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { i18next } from '@/i18n';
import { App } from './App';
import { Providers } from './Providers';

/** What a centre answers to somebody who is not signed in. */
function answer(path: string): Response {
  const json = (status: number, body: unknown) =>
    new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
  if (path === '/api/v1/centre') return json(200, { name: { en: 'Kanpur', hi: 'कानपुर' }, version: '0.1.0' });
  if (path.endsWith('/config')) return json(200, { status: 200, data: {} });
  if (path.startsWith('/_allauth')) return json(401, { status: 401, data: { flows: [{ id: 'login' }] }, meta: {} });
  return json(401, { code: 'signed_out', message: { en: 'Sign in.', hi: 'साइन इन करें।' } });
}

const asked: string[] = [];
beforeEach(() => {
  void i18next.changeLanguage('en');
  asked.length = 0;
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path);
    return Promise.resolve(answer(path));
  });
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener: vi.fn(),
    removeEventListener: vi.fn(),
    addListener: vi.fn(),
    removeListener: vi.fn(),
  }));
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('somebody not signed in is asked to sign in, and the server is asked once who is there', async () => {
  render(
    <Providers>
      <RouterProvider router={createMemoryRouter([{ path: '/', element: <App /> }])} />
    </Providers>,
  );
  await screen.findByLabelText('User name');
  const settled = asked.length;
  // Time for a storm to show itself, if there were one.
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(asked.filter((path) => path === '/api/v1/me')).toHaveLength(1);
  expect(asked.length - settled).toBeLessThan(5);
});
