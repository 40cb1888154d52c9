import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { CheckUpView } from '@valetkey/owner-contract';
import { useState } from 'react';
import { read } from '../../api/api-client.js';
import { useMessages } from '../../language/language.hook.js';
import { Loaded } from '../../parts/loaded.part.js';
import { Screen } from '../../shell/screen.part.js';
import { CheckUpDone } from './check-up-done.part.js';
import { CheckUpStep } from './check-up-step.part.js';
import { CHECK_UP } from './check-up.messages.js';
import type { Answer, Answers } from './progress.js';
import { progressOf } from './progress.js';

const route = getRouteApi('/check-up');

/** A round stays as it was when it began: what is answered is gone from the server's list at once. */
function useRound() {
  return useQuery({
    queryKey: ['check-up'],
    queryFn: ({ signal }) => read<CheckUpView>('check-up', signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

/** O12: one access after the other, the worst first. */
export function CheckUpScreen() {
  const texts = useMessages(CHECK_UP);
  const client = useQueryClient();
  const { item: wanted } = route.useSearch();
  const navigate = route.useNavigate();
  const [answers, setAnswers] = useState<Answers>({});
  const round = useRound();
  const begin = async () => {
    setAnswers({});
    await navigate({ search: {} });
    await client.resetQueries({ queryKey: ['check-up'] });
  };
  return (
    <Screen title={texts.title} lead={texts.lead}>
      <Loaded query={round} what={texts.failed} rows={1}>
        {(view) => {
          const progress = progressOf(view.items, answers, wanted);
          const { item, next } = progress;
          if (!item) return <CheckUpDone view={view} answers={answers} onGoOn={() => void begin()} />;
          const answer = async (given: Answer) => {
            setAnswers((former) => ({ ...former, [item.id]: given }));
            await navigate({ search: next === undefined ? {} : { item: next } });
            await client.invalidateQueries({ predicate: ({ queryKey: [what] }) => what !== 'check-up' });
          };
          return (
            <CheckUpStep
              key={item.id}
              progress={{ ...progress, item }}
              answer={answers[item.id]}
              onAnswer={answer}
              isBegun={Object.keys(answers).length > 0}
            />
          );
        }}
      </Loaded>
    </Screen>
  );
}
