/** Takes pictures of every page and state; `scripts/pictures.mjs` says how it is called. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startStack } from '../stack/start-stack.ts';
import { WORKSPACE } from '../stack/workspace.ts';
import { enterCast } from './cast.ts';
import { takeForDocumentation } from './documentation.ts';
import { takeFirstRun } from './first-run.ts';
import { type Photographer, photographer } from './photographer.ts';
import { DEMO_BEGINS_SCENES, FAILING_SCENES, ordinaryScenes, stoppedScenes } from './scenes.ts';
import { takeSilence } from './silence.ts';
import { takeUnreadable } from './unreadable.ts';

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'pictures' },
    only: { type: 'string', default: '' },
    docs: { type: 'boolean', default: false },
  },
});
const folder = resolve(WORKSPACE, values.out);
const tell = (text: string): void => void process.stderr.write(`${text}\n`);

await using camera = await photographer({ folder, only: values.only, tell });
await (values.docs ? takeDocs(camera) : takeAll(camera));

async function takeDocs(photos: Photographer): Promise<void> {
  await using stack = await startStack();
  const cast = await enterCast(stack);
  await takeForDocumentation(photos, stack.urls.api, ordinaryScenes(cast));
}

async function takeAll(photos: Photographer): Promise<void> {
  await using stack = await startStack();
  const { api } = stack.urls;
  await photos.take(api, DEMO_BEGINS_SCENES);
  tell('waiting for orders to fill');
  const cast = await enterCast(stack);
  await photos.take(api, ordinaryScenes(cast));
  if ('unreadable'.includes(values.only)) await takeUnreadable(stack, photos);
  await stack.broker.setFaults([{ kind: 'status-500' }]);
  await photos.take(api, FAILING_SCENES);
  await stack.broker.setFaults([]);
  await stack.poller.stop();
  await photos.take(api, stoppedScenes(cast));
  await stack.poller.start();
  if ('silent'.includes(values.only)) await takeSilence(stack, photos);
  await takeFirstRun(photos);
  tell(`The pictures are in ${folder}`);
}
