import { useQueryClient } from '@tanstack/react-query';
import type { OwnerSettings } from '@valetkey/owner-contract';
import { durationText } from '@valetkey/wording';
import { useChange } from '../../api/change.hook.js';
import { Refusal } from '../../api/errors.js';
import { useKeptForm } from '../../api/kept-form.hook.js';
import { sessionQuery, useSession } from '../../api/session.hook.js';
import { useMessages, useReader } from '../../language/language.hook.js';
import { deviceZone } from '../../language/device-zone.js';
import { Button } from '../../parts/button.part.js';
import { Card } from '../../parts/card.part.js';
import { ErrorBox } from '../../parts/error-box.part.js';
import { Tick } from '../../parts/field.part.js';
import { Select } from '../../parts/select.part.js';
import { toast } from '../../shell/toast-queue.js';
import { languageName, placeOf, zoneGroups } from './offered.js';
import styles from './settings.module.css';
import { SETTINGS } from './settings.messages.js';

function isNotSession({ queryKey }: { readonly queryKey: readonly unknown[] }): boolean {
  return queryKey[0] !== 'session';
}

interface PartProps {
  readonly settings: OwnerSettings;
  readonly onChange: (settings: OwnerSettings) => void;
  readonly problems: Readonly<Record<string, string>>;
}

/** Everything that she can choose for herself, saved together. */
export function SettingsForm({ present }: { readonly present: OwnerSettings }) {
  const { form: texts } = useMessages(SETTINGS);
  const client = useQueryClient();
  const [settings, setSettings] = useKeptForm('settings', present);
  const save = useChange<OwnerSettings, OwnerSettings>((body) => ({ method: 'PUT', path: 'settings', body }), {
    onDone: async (saved) => {
      client.setQueryData(['settings'], saved);
      await client.invalidateQueries(sessionQuery);
      // What was read before is in the language of before.
      if (saved.language !== present.language) void client.invalidateQueries({ predicate: isNotSession });
      toast(texts.saved);
    },
  });
  const problems = save.error instanceof Refusal ? save.error.fields : {};
  const part = { settings, onChange: setSettings, problems };
  return (
    <Card as="section">
      <h2>{texts.title}</h2>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save.press(settings);
        }}
      >
        {save.error && <ErrorBox error={save.error} what={texts.saveFailed} ofChange />}
        <LanguageField {...part} />
        <ZoneField {...part} />
        <DaysField {...part} />
        <Wishes {...part} />
        <div>
          <Button type="submit" look="primary" busy={save.isPending}>
            {texts.save}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function Wishes({ settings, onChange }: PartProps) {
  const { form: texts } = useMessages(SETTINGS);
  return (
    <>
      <Tick
        label={texts.shortcuts}
        help={texts.shortcutsHelp}
        checked={settings.shortcuts}
        onChange={({ target }) => onChange({ ...settings, shortcuts: target.checked })}
      />
      <Tick
        label={texts.mails}
        help={texts.mailsHelp}
        checked={settings.request_mails}
        onChange={({ target }) => onChange({ ...settings, request_mails: target.checked })}
      />
    </>
  );
}

function LanguageField({ settings, onChange, problems }: PartProps) {
  const { form: texts } = useMessages(SETTINGS);
  const { languages } = useSession();
  return (
    <Select
      label={texts.language}
      problem={problems['language']}
      value={settings.language ?? ''}
      onChange={({ target: { value } }) => onChange({ ...settings, language: value === '' ? null : value })}
    >
      <option value="">{texts.browserLanguage}</option>
      {languages.map((language) => (
        <option key={language} value={language} lang={language}>
          {languageName(language)}
        </option>
      ))}
    </Select>
  );
}

function ZoneField({ settings, onChange, problems }: PartProps) {
  const { form: texts } = useMessages(SETTINGS);
  return (
    <Select
      label={texts.zone}
      help={texts.zoneHelp}
      problem={problems['time_zone']}
      value={settings.time_zone ?? ''}
      onChange={({ target: { value } }) => onChange({ ...settings, time_zone: value === '' ? null : value })}
    >
      <option value="">{texts.deviceZone(placeOf(deviceZone()))}</option>
      {zoneGroups(settings.time_zone).map(({ region, zones }) => (
        <optgroup key={region} label={texts.regions[region] ?? texts.otherRegion}>
          {zones.map((zone) => (
            <option key={zone} value={zone}>
              {placeOf(zone)}
            </option>
          ))}
        </optgroup>
      ))}
    </Select>
  );
}

const DAYS = [1, 7, 14, 30, 90];

function DaysField({ settings, onChange, problems }: PartProps) {
  const { form: texts } = useMessages(SETTINGS);
  const { language } = useReader();
  const { sharing } = useSession();
  const { longest_days: longest, default_days: usual } = sharing;
  const offered = [...new Set([...DAYS, ...(settings.default_days === null ? [] : [settings.default_days])])]
    .filter((days) => longest === null || days <= longest || days === settings.default_days)
    .sort((one, other) => one - other);
  return (
    <Select
      label={texts.days}
      help={texts.daysHelp}
      problem={problems['default_days']}
      value={settings.default_days === null ? '' : String(settings.default_days)}
      onChange={({ target: { value } }) => onChange({ ...settings, default_days: value === '' ? null : Number(value) })}
    >
      <option value="">{texts.usualDays(durationText(usual, language))}</option>
      {offered.map((days) => (
        <option key={days} value={days}>
          {durationText(days, language)}
        </option>
      ))}
    </Select>
  );
}
