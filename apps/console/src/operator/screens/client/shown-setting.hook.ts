import type { ClientSettings } from '@valetkey/operator-contract';
import { useMessages } from '../../../language/language.hook.js';
import type { ClientMember } from '../../client-form/client-draft.js';
import { CLIENT_FORM } from '../../client-form/client-form.messages.js';

/** A setting in words, one line for each of several. */
export function useShownSetting(): (settings: ClientSettings, member: ClientMember) => string {
  const { types, methods, grants, none } = useMessages(CLIENT_FORM);
  const words: Readonly<Record<string, string>> = { ...types, ...methods, ...grants };
  return (settings, member) => {
    const value = settings[member];
    const lines = typeof value === 'string' ? [value] : value;
    // Names and addresses are never words of ours, whatever they are called.
    const isChoice = ['application_type', 'token_endpoint_auth_method', 'grant_types'].includes(member);
    const text = lines.map((line) => (isChoice ? (words[line] ?? line) : line)).join('\n');
    return text === '' ? none : text;
  };
}
