import { createRootRoute, createRoute, createRouter, redirect, type RouterHistory } from '@tanstack/react-router';
import { OrderPage } from '../features/order/components/order-page.tsx';
import { readOrderSearch } from '../features/order/order-search.ts';
import { OrdersPage } from '../features/orders/components/orders-page.tsx';
import { readOrdersSearch } from '../features/orders/orders-search.ts';
import { PollerPage } from '../features/poller/components/poller-page.tsx';
import { parsePlainSearch, plainSearch } from '../lib/plain-search.ts';
import { NotFound } from './not-found.tsx';
import { BadAddress } from './bad-address.tsx';
import { Shell } from './shell.tsx';

const rootRoute = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/orders', replace: true });
  },
});

const ordersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/orders',
  validateSearch: readOrdersSearch,
  component: OrdersPage,
  errorComponent: BadAddress,
});

const orderRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/orders/$orderId',
  validateSearch: readOrderSearch,
  component: OrderPage,
  errorComponent: BadAddress,
});

const pollerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/poller',
  component: PollerPage,
});

const routeTree = rootRoute.addChildren([homeRoute, ordersRoute, orderRoute, pollerRoute]);

/** @param history in tests: addresses kept in memory */
export function createAppRouter(history?: RouterHistory) {
  return createRouter({
    routeTree,
    parseSearch: parsePlainSearch,
    stringifySearch: plainSearch,
    ...(history === undefined ? {} : { history }),
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
