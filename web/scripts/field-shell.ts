/** Vite plugin: lists in field-shell.json what telephones' pages need to start without a network, for public/sw.js. */
import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

interface Chunk {
  type: 'chunk';
  fileName: string;
  facadeModuleId: string | null;
  imports: string[];
  viteMetadata?: { importedCss: Set<string>; importedAssets: Set<string> };
}

const PAGES = ['/desks/field/FieldPage.tsx', '/desks/dispatch/unit/UnitPage.tsx'];
/** Of the fonts only the scripts that its words are written in. */
const FONT = /\.woff2?$/;
const OUR_FONTS = /(inter-latin-wght|noto-sans-devanagari-devanagari-wght)/;

export function fieldShell(): Plugin {
  return {
    name: 'field-shell',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((one) => one.type === 'chunk') as unknown as Chunk[];
      const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
      const files = new Set<string>();
      const take = (chunk: Chunk | undefined) => {
        if (!chunk || files.has(chunk.fileName)) return;
        files.add(chunk.fileName);
        chunk.viteMetadata?.importedCss.forEach((file) => files.add(file));
        chunk.imports.forEach((name) => take(byName.get(name)));
      };
      const ours = (id: string | null) => ['/web/index.html', ...PAGES].some((one) => id?.endsWith(one));
      chunks.filter((chunk) => ours(chunk.facadeModuleId)).forEach(take);
      for (const name of Object.keys(bundle)) if (FONT.test(name) && OUR_FONTS.test(name)) files.add(name);
      const list = [...files].sort().map((name) => `/${name}`);
      const version = createHash('sha256').update(list.join('\n')).digest('hex').slice(0, 12);
      this.emitFile({ type: 'asset', fileName: 'field-shell.json', source: JSON.stringify({ version, files: list }) });
    },
  };
}
