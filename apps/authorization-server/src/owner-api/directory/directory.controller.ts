import { Controller, Get, Headers, Query, UseGuards } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import type { AccessRow, DirectoryAnswer, SubjectView } from '@valetkey/owner-contract';
import { filterOf } from '../../http/page-query.js';
import { RequestRates } from '../../http/request-rates.service.js';
import { IDENTIFIER } from '../owner-schemas.js';
import { languagesOf } from '../owner-pages.js';
import { Changes, Owner, OwnerGuard } from '../owner.guard.js';
import { CurrentAccess } from './current-access.service.js';
import { Directory } from './directory.service.js';

/** What somebody may type. */
const TYPED = /^[^\p{Cc}]{0,100}$/u;

/** {issuer}/me/directory: whom an owner can share with. Only those who may share find anybody. */
@Controller('me/directory')
@UseGuards(OwnerGuard)
export class DirectoryController {
  constructor(
    private readonly directory: Directory,
    private readonly current: CurrentAccess,
    private readonly rates: RequestRates,
  ) {}

  @Get()
  @Changes()
  async search(
    @Owner() owner: OwnerId,
    @Query() query: Record<string, unknown>,
    @Headers('accept-language') languages: string | undefined,
  ): Promise<DirectoryAnswer> {
    const typed = filterOf(query, 'q', TYPED) ?? '';
    const resourceId = filterOf(query, 'resource_id', IDENTIFIER);
    await this.rates.search(owner);
    const held =
      resourceId === undefined
        ? new Map<string, AccessRow>()
        : await this.current.on(resourceId, owner, languagesOf(languages));
    const { people, applications, more } = await this.directory.search(owner, typed);
    const entry = (one: SubjectView) => {
      const current = held.get(one.id);
      return { ...one, ...(current && { current }) };
    };
    return { people: people.map(entry), applications: applications.map(entry), more };
  }
}
