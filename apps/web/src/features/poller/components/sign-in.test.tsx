// @vitest-environment happy-dom
import type { SignInState } from '@fill-tracker/contract';
import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { aPoller, aReport, aSignInStatus } from '../../../testing/builders.ts';
import { renderApp } from '../../../testing/render-app.tsx';
import { answer, heardQueries, server } from '../../../testing/server.ts';

const section = () => screen.findByRole('region', { name: 'Sign-in' });
const until = (expiresAt: string): SignInState => ({
  signedInAt: '2026-01-02T14:12:00.000Z',
  expiresAt,
  warning: null,
});
const REDIRECT = 'https://127.0.0.1/?code=abc&state=def';

async function openDialog() {
  const app = renderApp('/poller');
  await app.user.click(await screen.findByRole('button', { name: 'Sign in again' }));
  return { ...app, dialog: within(screen.getByRole('dialog', { name: 'Sign in at Schwab' })) };
}

function hearAddresses(report: object): unknown[] {
  const heard: unknown[] = [];
  server.use(
    http.post('/api/sign-in', async ({ request }) => {
      heard.push(await request.json());
      return HttpResponse.json(report);
    }),
  );
  return heard;
}

it('says until when it is good, and asks for no link before it is needed', async () => {
  const asked = heardQueries('/api/sign-in');
  renderApp('/poller');
  await waitFor(async () =>
    expect((await section()).textContent).toContain(
      'Signed in until Fri 09:12 ET (in 3 d 23 h); 1 order would go untracked.',
    ),
  );
  expect(asked).toEqual([]);
});

it.each([
  ['2026-01-07T14:00:00.000Z', 'ends within 2 days'],
  ['2026-01-06T14:00:00.000Z', 'ends within a day'],
  ['2026-01-05T18:00:00.000Z', 'ends within 4 hours'],
  ['2026-01-05T15:30:00.000Z', 'ends within an hour'],
  ['2026-01-05T14:30:00.000Z', 'The sign-in ended'],
])('warns of an end at %s: %s', async (expiresAt, text) => {
  answer('get', '/api/poller', aPoller({ signIn: until(expiresAt) }));
  renderApp('/poller');
  expect((await section()).textContent).toContain(text);
});

it('asks a person to sign in who never did, and is not there in the demo', async () => {
  answer('get', '/api/poller', aPoller({ signIn: null }));
  const { client } = renderApp('/poller');
  expect((await section()).textContent).toContain('Nobody has signed in');
  answer('get', '/api/poller', aPoller({ signIn: null, demo: true }));
  await client.invalidateQueries({ queryKey: ['poller'] });
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Sign-in' })).toBeNull());
});

it('leads to Schwab, takes the address, and says that it worked', async () => {
  const outcome = { signedIn: true, signedInAt: '2026-01-05T15:00:00.000Z', signInEndsAt: '2026-01-12T15:00:00.000Z' };
  const heard = hearAddresses(aReport({ kind: 'SIGN_IN', outcome }));
  const { dialog, user } = await openDialog();
  const link = await dialog.findByRole('link', { name: /Open Schwab’s page/ });
  expect(link.getAttribute('href')).toContain('/v1/oauth/authorize');
  expect(document.activeElement).toBe(link);
  await user.click(dialog.getByRole('button', { name: 'Sign in' }));
  expect(dialog.getByRole('alert').textContent).toContain('Paste the whole address');
  await user.type(dialog.getByLabelText(/^Address of the page/), ` ${REDIRECT}`);
  await user.click(dialog.getByRole('button', { name: 'Sign in' }));
  expect(await screen.findByText('Signed in until Mon 10:00 ET.')).toBeTruthy();
  expect(heard).toEqual([{ redirect: REDIRECT }]);
  expect(screen.queryByRole('dialog')).toBeNull();
});

it.each([
  [aReport({ state: 'FAILED', outcome: { problem: 'The code is too old.' } }), 'Not signed in: The code is too old.'],
  [aReport({ state: 'QUEUED', outcome: null, appliedAt: null, pollerState: 'stopped' }), /^No poller is at work/],
])('%# says what went wrong, forgets the address and asks for a new link', async (report, text) => {
  hearAddresses(report);
  const { dialog, user } = await openDialog();
  const field = await dialog.findByLabelText<HTMLInputElement>(/^Address of the page/);
  const asked = heardQueries('/api/sign-in');
  await user.type(field, REDIRECT);
  await user.keyboard('{Enter}');
  expect(await dialog.findByText(text)).toBeTruthy();
  expect(field.value).toBe('');
  // The address handed over, and a link.
  await waitFor(() => expect(asked).toHaveLength(2));
});

it('says why there is no link', async () => {
  answer('get', '/api/sign-in', aSignInStatus({ link: null, explanation: 'SCHWAB_APP_KEY must be set.' }));
  const { dialog } = await openDialog();
  expect(await dialog.findByText('SCHWAB_APP_KEY must be set.')).toBeTruthy();
});
