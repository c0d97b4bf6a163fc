import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `vite dev` finds the API. */
const API = 'http://127.0.0.1:4000';

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    // The page runs under `default-src 'self'`: an inlined data: URI would be refused.
    assetsInlineLimit: 0,
    sourcemap: true,
    // One chunk on purpose: the whole page is about 165 kB gzipped, of which half is React.
    chunkSizeWarningLimit: 600,
  },
  server: { proxy: { '/api': API } },
});
