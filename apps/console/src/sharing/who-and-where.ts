import type { AccessRow } from '@valetkey/owner-contract';
import type { Language } from '@valetkey/wording';
import { nameText, place, plain, plainText } from '@valetkey/wording';

type Told = Pick<AccessRow, 'holder' | 'resources' | 'resource_count'>;

/** What tells the buttons of one access from those of another: "Bob Baker, Winter in the mountains". */
export function whoAndWhere({ holder, resources, resource_count: count }: Told, language: Language): string {
  const where = place(resources, count, language);
  return plainText([nameText(holder.name), ...(where.length > 0 ? [plain(', '), ...where] : [])]);
}
