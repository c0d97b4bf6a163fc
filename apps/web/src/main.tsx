import './lib/zod-without-eval.ts';
import './app/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { createQueryClient } from './app/query-client.ts';
import { createAppRouter } from './app/router.tsx';
import { createLiveStore } from './features/live/live-store.ts';
import { startLive } from './features/live/start-live.ts';
import { browserSurroundings } from './features/live/surroundings.ts';
import { applyTheme, chosenTheme } from './lib/theme.ts';

const root = document.querySelector('#root');
if (root === null) throw new Error('The page has no #root element.');

applyTheme(chosenTheme());
const client = createQueryClient();
const store = createLiveStore();
startLive(client, store, browserSurroundings);
createRoot(root).render(
  <App client={client} store={store} surroundings={browserSurroundings} router={createAppRouter()} />,
);
