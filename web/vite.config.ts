import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { fieldShell } from './scripts/field-shell';

/** A running centre to develop against: `PRAHARI_ORIGIN=http://127.0.0.1:8400 npm run dev`. */
const centre = process.env.PRAHARI_ORIGIN ?? 'http://127.0.0.1:8400';

const proxy = Object.fromEntries(
  ['/api', '/_allauth', '/accounts', '/basemap'].map((path) => [path, { target: centre }]),
);

export default defineConfig({
  plugins: [react(), fieldShell()],
  resolve: { alias: { '@': new URL('./src', import.meta.url).pathname } },
  server: {
    host: '127.0.0.1',
    proxy,
  },
  preview: { host: '127.0.0.1', proxy },
  build: {
    outDir: 'dist',
    target: 'es2022',
    // The content security policy allows neither inline scripts nor data: fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    // The owners' pages are a page of their own, without the console.
    rollupOptions: { input: ['index.html', 'o.html'] },
  },
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'], restoreMocks: true },
});
