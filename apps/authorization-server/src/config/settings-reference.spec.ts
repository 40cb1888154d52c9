import { readFileSync } from 'node:fs';

import { parse } from 'yaml';

import { ConfigFolder } from './config.fixture.js';
import { annotatedJsonSchema, settingsJsonSchema } from './json-schema.js';
import type { SettingsJsonSchema } from './json-schema.js';
import { renderSettingsDocuments } from './settings-reference.js';
import { ENVIRONMENT_OVERRIDES } from './source/environment.js';

const document = (name: string) => readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), 'utf8');

/** Every setting below a schema, by its path. */
function settingsBelow(schema: SettingsJsonSchema, path: string): [string, SettingsJsonSchema][] {
  const members = schema.items?.properties ?? schema.properties ?? {};
  return Object.entries(members).flatMap(([name, member]) => {
    const below = path === '' ? name : `${path}.${name}`;
    return member.valueType === 'JWK set'
      ? [[below, member] as const]
      : [[below, member] as const, ...settingsBelow(member, below)];
  }) as [string, SettingsJsonSchema][];
}

describe('the generated documents', () => {
  it.each(Object.entries(renderSettingsDocuments()))(
    'docs/%s is what the schemas say (node tools/generate-settings.mjs)',
    (name, text) => {
      expect(document(name)).toBe(text);
    },
  );

  it('explain every setting', () => {
    const unexplained = settingsBelow(annotatedJsonSchema(), '').filter(
      ([, schema]) => (schema.description ?? '') === '',
    );
    expect(unexplained.map(([path]) => path)).toEqual([]);
  });

  it('name every variable of the environment', () => {
    const text = document('settings.md');
    for (const { variable } of ENVIRONMENT_OVERRIDES) expect(text).toContain(`\`${variable}\``);
  });
});

describe('the JSON Schema', () => {
  it('refuses unknown members, and has none of our notes', () => {
    const text = JSON.stringify(settingsJsonSchema());
    expect(settingsJsonSchema()).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      additionalProperties: false,
    });
    expect(text).not.toMatch(/valueType|defaultText|oneRequired|languageTagged/);
  });

  it('knows wording in other languages', () => {
    const scope = settingsJsonSchema().properties?.['scopes']?.items;
    const patterns = Object.keys(scope?.patternProperties ?? {}).map((pattern) => new RegExp(pattern, 'u'));
    for (const member of ['verb#de', 'display_name#de-AT'])
      expect(patterns.filter((pattern) => pattern.test(member))).toHaveLength(1);
  });

  it('has patterns that an editor can compile', () => {
    const patterns = [...JSON.stringify(settingsJsonSchema()).matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(
      (match) => JSON.parse(match[1] ?? '') as string,
    );
    expect(patterns.length).toBeGreaterThan(10);
    for (const pattern of patterns) expect(() => new RegExp(pattern, 'u')).not.toThrow();
  });
});

describe('docs/valetkey.example.yaml', () => {
  const work = new ConfigFolder();
  afterAll(() => work.remove());

  it('is valid as it stands, with nothing prepared', () => {
    expect(work.problemsOf(document('valetkey.example.yaml'), {})).toEqual([]);
    expect(work.load(document('valetkey.example.yaml'), {}).clients.map((client) => client.clientId)).toEqual([
      'photo-service',
      'print-shop',
      'owner-app',
    ]);
  });

  it('shows every group but those that hardly anybody changes', () => {
    const shown = Object.keys(parse(document('valetkey.example.yaml')) as object);
    const all = Object.keys(annotatedJsonSchema().properties ?? {});
    expect(all.filter((name) => !shown.includes(name))).toEqual([
      'registration',
      'pages',
      'http',
      'owner_api',
      'operators',
      'sharing',
      'outbound',
      'tls',
      'jobs',
      'authorization_details_types',
    ]);
  });
});
