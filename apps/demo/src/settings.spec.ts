import { resolve } from 'node:path';
import { demoSettings } from './settings.js';

describe('demoSettings', () => {
  it('takes four ports, one after the other, from 8080', () => {
    expect(demoSettings({})).toMatchObject({ server: 'http://127.0.0.1:8080', partner: 'http://127.0.0.1:8083' });
    expect(demoSettings({ VALETKEY_DEMO_PORT: '9000' }).ports).toEqual({
      server: 9000,
      photos: 9001,
      shop: 9002,
      partner: 9003,
    });
  });

  it('keeps the data of other ports apart, since addresses are part of them', () => {
    expect(demoSettings({}).files.folder).toBe(resolve('data/demo'));
    expect(demoSettings({ VALETKEY_DEMO_PORT: '9000' }).files.folder).toBe(resolve('data/demo-9000'));
    expect(demoSettings({ VALETKEY_DEMO_DATA: '/somewhere' }).files.config).toBe('/somewhere/valetkey.yaml');
  });

  it('says how a command is typed so that it finds the same demo', () => {
    expect(demoSettings({}).typed('npm run demo')).toBe('npm run demo');
    expect(demoSettings({ VALETKEY_DEMO_PORT: '9000', VALETKEY_DEMO_DATA: "/her's" }).typed('npm run demo')).toBe(
      `VALETKEY_DEMO_PORT=9000 VALETKEY_DEMO_DATA='/her'\\''s' npm run demo`,
    );
  });

  it.each(['0', '65533', '80.5', 'x'])('refuses the port "%s"', (port) => {
    expect(() => demoSettings({ VALETKEY_DEMO_PORT: port })).toThrow('VALETKEY_DEMO_PORT');
  });
});
