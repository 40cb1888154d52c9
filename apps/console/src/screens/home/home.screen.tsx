import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { SummaryView } from '@valetkey/owner-contract';
import { itemsOf } from '../../api/pages.hook.js';
import { useSummary } from '../../api/summary.hook.js';
import { useMessages } from '../../language/language.hook.js';
import { Button, buttonClass } from '../../parts/button.part.js';
import { Empty } from '../../parts/empty.part.js';
import { Loaded } from '../../parts/loaded.part.js';
import { SharePlace } from '../../share/share-place.part.js';
import { Screen } from '../../shell/screen.part.js';
import { ChosenBar } from './chosen-bar.part.js';
import { Choosing, useChooser, useChoosing } from './choosing.hook.js';
import { HandoverBanners } from './handover-banners.part.js';
import { HOME } from './home.messages.js';
import type { HomeSearch } from './home.search.js';
import { toHomeSearch } from './home.search.js';
import { ResourceFilters } from './resource-filters.part.js';
import { ResourceList } from './resource-list.part.js';
import { useResources } from './resources.hook.js';
import { SummaryPart } from './summary.part.js';

/** O1: everything that is hers. */
export function HomeScreen() {
  const texts = useMessages(HOME);
  const search = useSearch({ from: '/' });
  const summary = useSummary();
  const resources = useResources(search);
  const rows = itemsOf(resources) ?? [];
  const choosing = useChoosing();
  const isEmpty = summary.data?.resources === 0 && rows.length === 0;
  return (
    <Choosing value={choosing}>
      <Screen
        title={texts.title}
        lead={isEmpty ? undefined : <Lead summary={summary.data} />}
        actions={isEmpty ? undefined : <Actions />}
      >
        <SummaryPart summary={summary} />
        <HandoverBanners />
        {isEmpty ? (
          <NothingYet summary={summary.data} />
        ) : (
          <>
            <Finder search={search} summary={summary.data} />
            <ChosenBar />
            <Loaded query={resources} what={texts.failed} rows={6} size="card">
              {() => <ResourceList query={resources} rows={rows} search={search} />}
            </Loaded>
            <SharePlace chosen={choosing.chosen} onShared={choosing.stop} />
          </>
        )}
      </Screen>
    </Choosing>
  );
}

function Lead({ summary }: { readonly summary: SummaryView | undefined }) {
  const texts = useMessages(HOME);
  // A place for the line, so that nothing moves when it comes.
  return summary ? texts.lead(summary.resources, summary.services.length, summary.shared) : '\u00a0';
}

function Actions() {
  const texts = useMessages(HOME);
  const { isChoosing, start, stop } = useChooser();
  return (
    <>
      <Button aria-pressed={isChoosing} onClick={isChoosing ? stop : start}>
        {texts.several.start}
      </Button>
      <Link to="/cover" className={buttonClass()}>
        {texts.cover}
      </Link>
    </>
  );
}

function NothingYet({ summary }: { readonly summary: SummaryView | undefined }) {
  const { empty } = useMessages(HOME);
  const services = summary?.other_services.map(({ name }) => name) ?? [];
  return (
    <Empty
      what={empty.what}
      how={
        <>
          {empty.how} {services.length > 0 && empty.services(services.join(', '))}
        </>
      }
    />
  );
}

function Finder({ search, summary }: { readonly search: HomeSearch; readonly summary: SummaryView | undefined }) {
  const navigate = useNavigate({ from: '/' });
  const { q, show, label, by } = search;
  const change = (changes: Record<string, string>) =>
    void navigate({
      to: '/',
      search: toHomeSearch({ q, show, label, by, ...changes }),
      replace: 'q' in changes,
      resetScroll: false,
    });
  return <ResourceFilters search={search} labels={summary?.labels ?? []} onChange={change} />;
}
