import { getRouteApi } from '@tanstack/react-router';
import type { ApplicationView, ScopeView } from '@valetkey/owner-contract';
import { accessSentence, deed, draftSentence, fillParts, nameText, plainText } from '@valetkey/wording';
import { useState } from 'react';
import { useKeptForm } from '../../api/kept-form.hook.js';
import { useSession } from '../../api/session.hook.js';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { Button } from '../../parts/button.part.js';
import { Empty } from '../../parts/empty.part.js';
import { ErrorBox } from '../../parts/error-box.part.js';
import { ProblemSummary } from '../../parts/problems.part.js';
import { Words } from '../../parts/words.part.js';
import type { Kind, OwnedResource } from '../../resource-choice/kinds.js';
import { kindKey } from '../../resource-choice/kinds.js';
import type { OwnedResources } from '../../resource-choice/owned-resources.hook.js';
import { useOwnedResources } from '../../resource-choice/owned-resources.hook.js';
import type { Chosen } from '../../resource-choice/resource-choice.part.js';
import { ResourceChoice } from '../../resource-choice/resource-choice.part.js';
import type { Duration, Span } from '../../sharing/duration.js';
import { spanOf, usualDays } from '../../sharing/duration.js';
import { DurationChoice } from '../../sharing/duration-choice.part.js';
import { ScopeChoice } from '../../sharing/scope-choice.part.js';
import { SHARING } from '../../sharing/sharing.messages.js';
import { APPLICATION } from './application.messages.js';
import styles from './application.module.css';
import type { Gift, TickedScopes } from './gift.js';
import { draftOf, giftProblem, giftsOf, tickedOf, usableScopes } from './gift.js';
import type { Giving } from './give.hook.js';

const route = getRouteApi('/applications/$id');

interface Content extends Duration {
  readonly chosen: Chosen;
  readonly ticked: TickedScopes;
  /** What may be given of each kind that something was chosen of: a search may not show it any more. */
  readonly offered: Readonly<Record<string, readonly ScopeView[]>>;
}

interface GiveFormProps {
  readonly view: ApplicationView;
  readonly giving: Giving;
}

/** To what, what, and how long; the sentences below say it before it is given. */
export function GiveForm({ view, giving }: GiveFormProps) {
  const texts = useMessages(APPLICATION);
  const { sharing: rules } = useSession();
  const reader = useWording();
  const days = usualDays(rules.application_default_days, rules);
  const empty: Content = { chosen: {}, ticked: {}, offered: {}, chip: `${days}`, first: '', last: '' };
  const [content, setContent] = useKeptForm<Content>('give', empty);
  const [tries, setTries] = useState(0);
  const gifts = giftsOf(content.chosen, content.ticked, (kind) => content.offered[kind] ?? []);
  const span = spanOf(content, { reader, rules });
  const problems = useProblems(gifts, span);
  const shown = tries > 0 ? problems : {};
  const { subject } = view;
  const give = () => {
    setTries(tries + 1);
    if (typeof span === 'string' || Object.keys(problems).length > 0) return;
    giving.give(gifts.map((gift) => draftOf(gift, subject.id, span)));
  };
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        give();
      }}
    >
      <ProblemSummary problems={shown} tries={tries} />
      <What view={view} content={content} onChange={setContent} problem={shown['give-resources']} />
      <fieldset className={styles.question}>
        <legend className={styles.legend}>{texts.long}</legend>
        <DurationChoice
          id="give-duration"
          value={content}
          onChange={(duration) => setContent({ ...content, ...duration })}
          ownDays={days}
          problem={shown['give-duration']}
        />
      </fieldset>
      <Sentences view={view} gifts={gifts} span={span} />
      <Told />
      {giving.error && <Failed giving={giving} error={giving.error} />}
      <div>
        <Button type="submit" look="primary" busy={giving.isUnderWay}>
          {giving.given.length > 0 ? texts.goOn : <Words of={fillParts(texts.give, nameText(subject.short_name))} />}
        </Button>
      </div>
    </form>
  );
}

function useProblems(gifts: readonly Gift[], span: ReturnType<typeof spanOf>): Readonly<Record<string, string>> {
  const texts = useMessages(APPLICATION);
  const { problems } = useMessages(SHARING);
  const wrong = giftProblem(gifts);
  return {
    ...(wrong !== undefined && { 'give-resources': texts.problems[wrong] }),
    ...(typeof span === 'string' && { 'give-duration': problems[span] }),
  };
}

interface WhatProps {
  readonly view: ApplicationView;
  readonly content: Content;
  readonly onChange: (content: Content) => void;
  readonly problem: string | undefined;
}

function What({ view, content, onChange, problem }: WhatProps) {
  const texts = useMessages(APPLICATION);
  const { q = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const owned = useFitting(useOwnedResources(q), view);
  const { chosen, ticked, offered } = content;
  const choose = (rows: readonly OwnedResource[], isChosen: boolean) => {
    const rest = Object.entries(chosen).filter(([id]) => rows.every((row) => row.id !== id));
    const added = rows.map((row) => [row.id, { name: row.name, kind: kindKey(row) }] as const);
    const kinds = owned.kinds.filter(({ key }) => rows.some((row) => kindKey(row) === key));
    const scopes = Object.fromEntries(kinds.map((kind) => [kind.key, owned.scopesOf(kind) ?? []]));
    onChange({
      ...content,
      chosen: Object.fromEntries(isChosen ? [...rest, ...added] : rest),
      offered: { ...offered, ...scopes },
    });
  };
  const allow = ({ key }: Kind, scopes: readonly ScopeView[]) =>
    Object.values(chosen).some(({ kind }) => kind === key) && (
      <ScopeChoice
        id={`give-scopes-${key}`}
        legend={texts.allow}
        scopes={scopes}
        value={tickedOf(key, scopes, ticked)}
        onChange={(value) => onChange({ ...content, ticked: { ...ticked, [key]: value } })}
      />
    );
  return (
    <fieldset className={styles.question}>
      <legend className={styles.legend}>{texts.what.legend}</legend>
      <NoneFits view={view} owned={owned} words={q} />
      <p className={styles.help}>{texts.what.help}</p>
      {problem !== undefined && <p className={styles.wrong}>{problem}</p>}
      <ResourceChoice
        id="give-resources"
        owned={owned}
        words={q}
        onWords={(words) => void navigate({ search: words === '' ? {} : { q: words }, replace: true })}
        chosen={chosen}
        onChoose={choose}
        below={allow}
      />
    </fieldset>
  );
}

/** What the application can work with: kinds of which it can use something, and of each only that. */
function useFitting(owned: OwnedResources, { scopes }: ApplicationView): OwnedResources {
  const scopesOf = (kind: Kind) => {
    const all = owned.scopesOf(kind);
    return all && usableScopes(all, scopes);
  };
  const kinds = owned.kinds.filter((kind) =>
    kind.rows[0]?.scopes.some((name) => scopes.some((one) => one.scope === name)),
  );
  return { ...owned, scopesOf, kinds, rows: kinds.flatMap(({ rows }) => rows) };
}

interface NoneFitsProps {
  readonly view: ApplicationView;
  readonly owned: OwnedResources;
  readonly words: string;
}

function NoneFits({ view, owned, words }: NoneFitsProps) {
  const texts = useMessages(APPLICATION);
  const { language } = useWording();
  const { pages, rows } = owned;
  if (rows.length > 0 || words !== '' || !pages.isSuccess || pages.hasNextPage) return null;
  const works = view.scopes.filter(({ published }) => published);
  return <Empty what={works.length === 0 ? texts.asksNothing : texts.noneFits(plainText(deed(works, language)))} />;
}

interface SentencesProps {
  readonly view: ApplicationView;
  readonly gifts: readonly Gift[];
  readonly span: Span | string;
}

function Sentences({ view: { subject }, gifts, span }: SentencesProps) {
  const reader = useWording();
  const told = gifts.filter(({ scopes }) => scopes.length > 0);
  if (typeof span === 'string' || told.length === 0) return null;
  return (
    <div role="status" className={styles.summary}>
      {told.map((gift) => (
        <p key={gift.kind}>
          <Words of={draftSentence({ holder: subject, ...gift, ...span }, reader)} />
        </p>
      ))}
    </div>
  );
}

function Told() {
  const { told } = useMessages(APPLICATION);
  return (
    <section>
      <h2 className={styles.small}>{told.title}</h2>
      <ul className={styles.facts}>
        {told.facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
    </section>
  );
}

function Failed({ giving, error }: { readonly giving: Giving; readonly error: Error }) {
  const texts = useMessages(APPLICATION);
  const reader = useWording();
  return (
    <>
      <ErrorBox error={error} what={texts.giveFailed} ofChange={giving.given.length === 0} />
      {giving.given.length > 0 && (
        <div>
          <p>{texts.givenSoFar}</p>
          <ul className={styles.facts}>
            {giving.given.map((row) => (
              <li key={row.id}>
                <Words of={accessSentence(row, reader)} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
