import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ApplicationView } from '@valetkey/owner-contract';
import { fillParts, nameText } from '@valetkey/wording';
import { read } from '../../api/api-client.js';
import { useMessages } from '../../language/language.hook.js';
import { buttonClass } from '../../parts/button.part.js';
import { Card, Notice } from '../../parts/card.part.js';
import { Loaded } from '../../parts/loaded.part.js';
import { SubjectName } from '../../parts/subject-name.part.js';
import { Screen } from '../../shell/screen.part.js';
import { APPLICATION } from './application.messages.js';
import { GiveForm } from './give-form.part.js';
import { Given } from './given.part.js';
import { useGiving } from './give.hook.js';

const route = getRouteApi('/applications/$id');

/** O6: gives an application access, without it having asked. */
export function ApplicationScreen() {
  const texts = useMessages(APPLICATION);
  const { id } = route.useParams();
  const giving = useGiving();
  const application = useQuery({
    queryKey: ['applications', id],
    queryFn: ({ signal }) => read<ApplicationView>(`applications/${encodeURIComponent(id)}`, signal),
  });
  const { data } = application;
  return (
    <Screen title={data ? fillParts(texts.titleOf, nameText(data.subject.short_name)) : texts.title}>
      <Loaded query={application} what={texts.failed} rows={2}>
        {(view) => (
          <>
            <ApplicationCard view={view} />
            {giving.isDone ? <Given view={view} giving={giving} /> : <GiveForm view={view} giving={giving} />}
          </>
        )}
      </Loaded>
    </Screen>
  );
}

function ApplicationCard({ view: { subject } }: { readonly view: ApplicationView }) {
  const texts = useMessages(APPLICATION);
  return (
    <Card as="section">
      <SubjectName subject={subject} />
      {subject.verification === 'none' && (
        <Notice tone="warn">
          <p>{texts.unchecked}</p>
        </Notice>
      )}
      <div>
        <Link to="/applications" className={buttonClass('plain')}>
          {texts.other}
        </Link>
      </div>
    </Card>
  );
}
