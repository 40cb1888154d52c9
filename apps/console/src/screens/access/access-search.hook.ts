import { useNavigate } from '@tanstack/react-router';
import type { AccessSearch } from './access.search.js';

/** Changes what the address says of this screen, where one is; `undefined` takes a member away. */
export function useSearchMembers(): (members: AccessSearch) => void {
  const navigate = useNavigate({ from: '/access' });
  return (members) =>
    void navigate({ to: '.', search: (present) => ({ ...present, ...members }), replace: true, resetScroll: false });
}
