import { accountList } from '@fill-tracker/contract';
import type { App, Context } from '../../app.ts';

export function accountRoutes(app: App, { record }: Context): void {
  app.get(
    '/api/accounts',
    { schema: { summary: 'The accounts, numbers masked', response: { 200: accountList } } },
    async () => {
      const accounts = await record().listAccounts();
      return {
        items: accounts.map(({ id, maskedNumber, label, enabled }) => ({ id, maskedNumber, label, enabled })),
      };
    },
  );
}
