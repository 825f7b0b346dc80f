// Every file src/*.js and every src/<part>/main.js(x) is an entry, found by being there:
// adding a part of the browser's side needs no change here.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig } from 'vite';

const entries = globSync(['src/*.js', 'src/*/main.{js,jsx}'], { cwd: import.meta.dirname });

// Each text file also as small as it gets, once, so that no request pays for it.
const compressed = {
  name: 'compressed',
  writeBundle({ dir }, bundle) {
    for (const name of Object.keys(bundle).filter((file) => /\.(js|css|svg)$/.test(file))) {
      const content = readFileSync(join(dir, name));
      writeFileSync(join(dir, `${name}.gz`), gzipSync(content, { level: 9 }));
      writeFileSync(join(dir, `${name}.br`), brotliCompressSync(content));
    }
  },
};

export default defineConfig({
  plugins: [compressed],
  root: import.meta.dirname,
  base: './', // parts find each other beside themselves, wherever the office is mounted
  build: {
    outDir: 'dist',
    assetsDir: '',
    manifest: true,
    target: 'es2020',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0, // nothing inline: the pages forbid it
    rolldownOptions: { input: entries.sort() },
  },
  css: {
    // govuk-frontend has one hack for Internet Explorer, (min-width: 0\0), which lightningcss refuses
    lightningcss: { errorRecovery: true },
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
});
