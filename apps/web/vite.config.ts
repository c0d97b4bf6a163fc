import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, loadEnv, type Plugin, type ProxyOptions } from 'vite';

/** Where `vite dev` finds the API: by the variables of the workspace. */
function apiAddress(mode: string): string {
  const env = loadEnv(mode, decodeURIComponent(new URL('../..', import.meta.url).pathname), 'API_');
  const host = env['API_HOST'] ?? '';
  const isWildcard = host === '' || host === '0.0.0.0' || host === '::';
  return `http://${isWildcard ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host}:${env['API_PORT'] || '4000'}`;
}

/**
 * The API answers to its own names and origin alone. Host is set to the API's: Vite has checked by then that the request
 * named this server. Origin is, when it was this server's own page that asked; another page's stays, and is refused.
 */
function toApi(target: string): ProxyOptions {
  return {
    target,
    changeOrigin: true,
    configure: (proxy) => {
      proxy.on('proxyReq', (outgoing, { headers }) => {
        if (headers.origin === `http://${headers.host}`) outgoing.setHeader('origin', target);
      });
    },
  };
}

/** Puts a `.gz` beside each script and style: the API serves it to whoever takes it. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    generateBundle(_options, bundle) {
      for (const [fileName, file] of Object.entries(bundle)) {
        if (!/\.(js|css)$/.test(fileName)) continue;
        const source = gzipSync(file.type === 'chunk' ? file.code : file.source, { level: 9 });
        this.emitFile({ type: 'asset', fileName: `${fileName}.gz`, source });
      }
    },
  };
}

export default defineConfig(({ mode }) => ({
  plugins: [react(), compressed()],
  build: {
    target: 'es2022',
    // The page runs under `default-src 'self'`: an inlined data: URI would be refused.
    assetsInlineLimit: 0,
    sourcemap: true,
    // One chunk on purpose: the whole page is about 165 kB gzipped, of which half is React.
    chunkSizeWarningLimit: 600,
  },
  server: {
    host: '127.0.0.1',
    strictPort: true,
    // No other page may read what this server answers.
    cors: false,
    proxy: { '/api': toApi(apiAddress(mode)) },
  },
}));
