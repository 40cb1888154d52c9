import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { WordingDetail } from '@valetkey/operator-contract';
import { read } from '../../../api/api-client.js';
import { useMessages } from '../../../language/language.hook.js';
import { buttonClass } from '../../../parts/button.part.js';
import { Loaded } from '../../../parts/loaded.part.js';
import { Screen } from '../../../shell/screen.part.js';
import { EditForm } from './edit-form.part.js';
import { WORDING_EDIT } from './edit.messages.js';
import { WORDING } from './wording.messages.js';

const route = getRouteApi('/wording/$id');

/** P7: the words of one scope. */
export function WordingEditScreen() {
  const { id } = route.useParams();
  const texts = useMessages(WORDING_EDIT);
  const { title, failed } = useMessages(WORDING);
  const detail = useQuery({
    queryKey: ['operator', 'wording', 'one', id],
    queryFn: ({ signal }) => read<WordingDetail>(`/operator-api/wording/${encodeURIComponent(id)}`, signal),
    // What is being written is not replaced behind somebody's back: the version tells when it was changed meanwhile.
    refetchOnWindowFocus: false,
    staleTime: 0,
    // Who comes back begins with the words of now, not with those that were read before.
    gcTime: 0,
  });
  const back = (
    <Link to="/wording" className={buttonClass()}>
      {texts.back}
    </Link>
  );
  const scope = detail.data?.scope;
  return (
    <Screen title={scope === undefined ? title : texts.title(scope)} lead={texts.lead} actions={back}>
      <Loaded query={detail} rows={3} size="card" what={failed}>
        {(row) => <EditForm key={row.id} row={row} />}
      </Loaded>
    </Screen>
  );
}
