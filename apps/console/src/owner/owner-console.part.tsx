import { createRouter, RouterProvider } from '@tanstack/react-router';
import { issuerPath } from '../api/address.js';
import { ErrorBox } from '../parts/error-box.part.js';
import { Loading } from '../parts/loading.part.js';
import { ADDRESS_WORDS } from '../shell/address-words.js';
import { Frame } from '../shell/frame.part.js';
import { Gate } from '../shell/gate.part.js';
import { routeTree } from './routes.js';

const router = createRouter({
  routeTree,
  basepath: `${issuerPath()}/console`,
  defaultPreload: 'intent',
  defaultPendingMs: 0,
  defaultPendingMinMs: 0,
  defaultPendingComponent: Loading,
  defaultErrorComponent: ({ error, reset }) => (
    <ErrorBox error={error instanceof Error ? error : new Error('thrown')} onRetry={reset} />
  ),
  scrollRestoration: true,
  ...ADDRESS_WORDS,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

export function OwnerConsole() {
  return (
    <Gate waiting={(error, retry) => <Waiting error={error} retry={retry} />}>
      <RouterProvider router={router} />
    </Gate>
  );
}

function Waiting({ error, retry }: { readonly error: Error | null; readonly retry: () => void }) {
  // The server's name, which its document says before anything else is known.
  return (
    <Frame name={document.title}>
      {error ? <ErrorBox error={error} onRetry={retry} /> : <Loading onRetry={retry} />}
    </Frame>
  );
}
