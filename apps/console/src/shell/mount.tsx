import 'virtual:design-tokens.css';
import '../style/base.css';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from '../api/query-client.js';
import { applyTheme, presentTheme } from './theme.js';

/** Starts a console in the document that the server sent. */
export function mount(console: ReactNode): void {
  applyTheme(presentTheme());
  const root = document.getElementById('root');
  if (!root) throw new Error('the document has no place for the console');
  createRoot(root).render(
    <StrictMode>
      <CSPProvider disableStyleElements>
        <QueryClientProvider client={createQueryClient()}>{console}</QueryClientProvider>
      </CSPProvider>
    </StrictMode>,
  );
}
