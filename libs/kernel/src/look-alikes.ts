/**
 * Letters that are taken for a Latin one in most typefaces: of the Cyrillic, Greek, Armenian and Cherokee scripts, and Latin ones that no
 * decomposition takes apart. After NFKD; a capital stands for itself. Latin letters and digits are themselves: no name without others
 * becomes another by this.
 */
const BY_LATIN = {
  a: 'АаΑαɑᴀᎪ',
  b: 'ВвΒʙƀɃᏴ',
  c: 'СсᴄᏟ',
  d: 'ԀԁđĐᴅᎠ',
  e: 'ЕеΕєЄᴇᎬ',
  g: 'ɡɢᏀ',
  h: 'НнҺһΗհħĦʜᎻ',
  i: 'ІіΙιıɩɨɪ',
  j: 'ЈјϳᴊᎫ',
  k: 'КкΚκᴋᏦ',
  l: 'ӀӏłŁʟᏞ',
  m: 'МмΜᴍᎷ',
  n: 'Νηոɴ',
  o: 'ОоΟοօøØᴏ',
  p: 'РрΡρᴘᏢ',
  q: 'Ԛԛզ',
  r: 'ʀᏒ',
  s: 'ЅѕꜱᏚ',
  t: 'ТтΤτŧŦᴛ',
  u: 'υսᴜ',
  v: 'ѴѵνᴠᏙ',
  w: 'ԜԝωᴡᎳ',
  x: 'ХхΧχ',
  y: 'УуҮүΥγʏ',
  z: 'ΖᴢᏃ',
} as const;

/** The letter -> the Latin one that it looks like. */
export const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  Object.entries(BY_LATIN).flatMap(([latin, letters]) => [...letters].map((letter) => [letter, latin] as const)),
);
