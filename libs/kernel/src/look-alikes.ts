/**
 * Letters that are taken for a Latin one in most typefaces, and the zeros that are a small circle: of the Cyrillic, Greek, Coptic, Armenian,
 * Cherokee, Lisu and Deseret scripts and of Canadian syllabics, and Latin ones that no decomposition takes apart. A capital stands for
 * itself. Latin letters and digits are themselves: no name without others becomes another by this.
 */
const BY_LATIN = {
  a: 'АаΑαɑᴀᎪꓮⲀⲁᗅ',
  b: 'ВвΒʙƀɃᏴꓐⲂᗷ',
  c: 'СсᴄᏟϲϹꓚⲤⲥ𐐕𐐽',
  d: 'ԀԁđĐᴅᎠꓓᗪ',
  e: 'ЕеΕєЄᴇᎬꓰ',
  f: 'ƒꜰϜꓝ',
  g: 'ɡɢᏀꓖ',
  h: 'НнҺһΗհħĦʜᎻꓧⲎᕼ',
  i: 'ІіΙιıɩɨɪꓲⲒᎥ',
  j: 'ЈјϳᴊᎫꓙᒍ',
  k: 'КкΚκᴋᏦꓗⲔⲕ',
  l: 'ӀӏłŁʟᏞꓡᒪ',
  m: 'МмΜᴍᎷꓟⲘᗰ',
  n: 'ΝηոɴꓠⲚ',
  o: 'ОоΟοօøØᴏꓳⲞⲟ𐐄𐐬Օ०০੦૦୦௦౦೦൦๐໐',
  p: 'РрΡρᴘᏢꓑⲢⲣᑭ',
  q: 'Ԛԛզ',
  r: 'ʀᏒꓣᖇ',
  s: 'ЅѕꜱᏚꓢՏᏕ',
  t: 'ТтΤτŧŦᴛꓔⲦ',
  u: 'υսᴜꓴՍᑌ',
  v: 'ѴѵνᴠᏙꓦᐯ',
  w: 'ԜԝωᴡᎳꓪ',
  x: 'ХхΧχꓫⲬ',
  y: 'УуҮүΥγʏꓬⲨ',
  z: 'ΖᴢᏃꓜ',
} as const;

/** The letter -> the Latin one that it looks like. */
export const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  Object.entries(BY_LATIN).flatMap(([latin, letters]) => [...letters].map((letter) => [letter, latin] as const)),
);
