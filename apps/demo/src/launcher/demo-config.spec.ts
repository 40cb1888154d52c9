import { existsSync } from 'node:fs';
import { parse } from 'yaml';
import { demoSettings } from '../settings.js';
import { filledIn } from './demo-config.js';

describe('the configuration of the demo', () => {
  const text = filledIn(demoSettings({ VALETKEY_DEMO_PORT: '9000' }));
  const comment = /^(#.*\n)+/.exec(text)?.[0] ?? '';

  it('says on top that it is written anew, and names files to change in its place that are there', () => {
    expect(comment).toContain('WRITTEN ANEW AT EVERY START');
    const files = comment.match(/[\w./-]+\.(yaml|md)/g) ?? [];
    expect(files).toEqual(['apps/demo/valetkey.demo.yaml', 'docs/valetkey.example.yaml', 'docs/settings.md']);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
    expect(comment).not.toContain('<addresses>');
  });

  it('has every address filled in', () => {
    expect(parse(text)).toMatchObject({ issuer: 'http://127.0.0.1:9000', listen: { port: 9000 } });
    expect(text.replace(comment, '')).not.toMatch(/<\w+>/);
  });
});
