import { expect, it } from 'vitest';

import { authorizeUrl } from './authorize-url.ts';

it('builds the sign-in link, the callback exactly as registered', () => {
  const link = authorizeUrl({
    baseUrl: 'https://api.schwabapi.com/',
    appKey: 'my key',
    callbackUrl: 'https://127.0.0.1:8182/',
    state: 'a&b',
  });
  expect(link).toBe(
    'https://api.schwabapi.com/v1/oauth/authorize?client_id=my+key&redirect_uri=https%3A%2F%2F127.0.0.1%3A8182%2F&response_type=code&state=a%26b',
  );
  expect(new URL(link).searchParams.get('state')).toBe('a&b');
});
