import { getRouteApi } from '@tanstack/react-router';
import type { HandoverDraft, HandoverPreview } from '@valetkey/owner-contract';
import { useChange } from '../../api/change.hook.js';
import { useKeptForm } from '../../api/kept-form.hook.js';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { useOwnedResources } from '../../resource-choice/owned-resources.hook.js';
import { Screen } from '../../shell/screen.part.js';
import { CoverBanner } from './cover-banner.part.js';
import { bindingOnes } from './binding-ones.js';
import { draftOf, emptyForm } from './cover-draft.js';
import { CoverForm } from './cover-form.part.js';
import { CoverReview } from './cover-review.part.js';
import { COVER } from './cover.messages.js';

const route = getRouteApi('/cover');

/** O4: somebody looks after what is hers while she is away. */
export function CoverScreen() {
  const texts = useMessages(COVER);
  const { now, zone = 'UTC' } = useWording();
  const { q = '', step } = route.useSearch();
  const navigate = route.useNavigate();
  const [form, setForm] = useKeptForm('cover', emptyForm(now, zone));
  const all = useOwnedResources('');
  const found = useOwnedResources(q);
  const chosen = form.chosen ?? bindingOnes(all);
  const preview = useChange<HandoverDraft, HandoverPreview>(
    (body) => ({ method: 'POST', path: 'handovers/preview', body }),
    { onDone: () => navigate({ search: (former) => ({ ...former, step: 'review' }) }) },
  );
  const { data, variables: draft } = preview;
  const { person } = form;
  if (step === 'review' && data && draft && person)
    return (
      <Screen title={texts.title}>
        <CoverReview person={person} draft={draft} preview={data} onDone={() => setForm(emptyForm(now, zone))} />
      </Screen>
    );
  return (
    <Screen title={texts.title} lead={texts.lead}>
      <CoverBanner />
      <CoverForm
        form={form}
        chosen={chosen}
        owned={found}
        words={q}
        onWords={(words) => void navigate({ search: { ...(words !== '' && { q: words }) }, replace: true })}
        onChange={setForm}
        error={preview.error}
        busy={preview.isPending}
        onReview={() => preview.press(draftOf(form, chosen, { now, zone }))}
      />
    </Screen>
  );
}
