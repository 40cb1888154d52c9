import type { Narrator } from './narrator.js';

const CAST: [name: string, who: string][] = [
  ['alice', 'owns the photos, and decides who may do what with them (UMA: the resource owner).'],
  ['photo service', 'keeps her albums, asks before it serves anything, and decides nothing (the resource server).'],
  [
    'authorization server',
    'this is Valetkey: it knows which albums there are and what alice allows, talks to whoever asks, and makes the tokens.',
  ],
  [
    'alice’s app',
    'a program that alice trusts: her view of the authorization server. It shows what waits for her and what she has ' +
      'given. It stands for the web console, which comes later.',
  ],
  [
    'bob',
    'would like a print of one of her photos (the requesting party). He signs in at the shop with an account at Valetkey, ' +
      'and has one at the partner. The photo service has never heard of him.',
  ],
  ['print shop', 'bob’s shop, a program of another company (the client). It has credentials of its own at Valetkey.'],
  [
    'partner',
    'where bob has an account: an identity provider of yet another company. Valetkey knows its public key and trusts what ' +
      'it says about its people.',
  ],
];

/** Says what the story is about, and who acts in it, before it begins. */
export function introduceEverybody(narrator: Narrator): void {
  narrator.line('');
  narrator.text(
    'Alice keeps photos at a photo service. Bob wants one of them printed at a print shop that alice has never heard of. ' +
      'She need not give anybody a password, and nobody gets more than she allows.',
  );
  narrator.line('');
  for (const [name, who] of CAST) narrator.introduce(name, who);
  narrator.line('');
  narrator.text(
    'Below, “who → whom” stands above each HTTP exchange, and ⇐ before the status that came back. Tokens, tickets and ' +
      'secrets are shortened in the middle.',
  );
}
