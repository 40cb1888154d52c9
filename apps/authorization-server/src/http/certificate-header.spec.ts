import { issue } from '../../../../test/support/certificates.js';
import { certificateIn } from './certificate-header.js';

describe('RFC 9440, RFC 8705 §6.5: a certificate in a header', () => {
  it('MB-05 is read as proxies write it', async () => {
    const { der, pem } = await issue({ subject: 'CN=shop' });
    const base64 = der.toString('base64');
    const another = (await issue({ subject: 'CN=authority' })).der.toString('base64');
    const forms = [
      `:${base64}:`,
      encodeURIComponent(pem),
      encodeURIComponent(`${pem}\n`),
      pem.replaceAll('\n', ' '),
      pem.replaceAll('\n', '\t'),
      base64,
      encodeURIComponent(base64),
      `${base64},${another}`,
      encodeURIComponent(`${base64},${another},${another}`),
    ];
    for (const form of forms) expect(Buffer.from(certificateIn(form) ?? [])).toEqual(der);
  });

  it('MB-05 anything else is none', async () => {
    const { der, pem } = await issue({ subject: 'CN=shop' });
    const two = `${pem}\n${pem}`;
    const forms = [
      '',
      '(null)',
      '::',
      ':%:',
      '%zz',
      encodeURIComponent(two),
      `:${der.toString('base64')}`,
      `:${der.toString('base64')}:, :${der.toString('base64')}:`,
      `By=spiffe://x;Cert="${encodeURIComponent(pem)}"`,
      Buffer.from('not a certificate').toString('base64'),
      `,${der.toString('base64')}`,
      `${der.toString('base64')},`,
      `${der.toString('base64')},<b>`,
      'M'.repeat(20_000),
    ];
    for (const form of forms) expect(certificateIn(form)).toBeUndefined();
  });
});
