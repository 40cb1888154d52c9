/**
 * Whether a parameter may hold this text, however it came: nothing in it controls (tabs and line feeds stay), and it is well-formed
 * Unicode, so that what is told back is what was said (RFC 6749 section 4.1.2). Pure.
 */
export function isParameterText(text: string): boolean {
  return !/[\u0000-\u0008\u000b-\u001f\u007f\p{Cs}]/u.test(text);
}
