import { Injectable } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import { AuthorizationStore } from '@valetkey/authorizations';
import { OwnerRevocation } from '@valetkey/uma';
import type { FastifyReply } from 'fastify';
import type { FormValues } from '../interaction/interaction-kind.js';
import { APPLICATIONS_AT_ONCE, applicationsView } from '../pages/views/applications.view.js';
import type { AccountPage, AccountVisit } from './account-visit.js';
import { ApplicationRows } from './application-rows.service.js';
import { LingeringAccess } from './lingering-access.service.js';
import { pageAt } from './list-page.js';

/** What a form leaves for the page behind it: that something was ended, and until when a part of it goes on. */
const ENDED = /^ended(?:-(\d{1,15}))?$/;

/** Who has access to what is hers, by her word: she ends any of it with one button. */
@Injectable()
export class ApplicationsPage implements AccountPage {
  readonly page = 'applications';
  readonly demand = 'session';

  constructor(
    private readonly store: AuthorizationStore,
    private readonly rows: ApplicationRows,
    private readonly lingering: LingeringAccess,
    private readonly revocation: OwnerRevocation,
  ) {}

  async show(visit: AccountVisit): Promise<FastifyReply> {
    const { http, person, form, time, messages } = visit;
    const ended = ENDED.exec(visit.told() ?? '');
    const page = await pageAt(http.query, APPLICATIONS_AT_ONCE, (request) => this.store.page(ownerOf(visit), request));
    const model = {
      form,
      time,
      account: person.username,
      access: await this.rows.of(page.items, [messages.locale], time.now),
      ...(ended && { ended: ended[1] === undefined ? {} : { until: Number(ended[1]) } }),
      ...(page.next !== undefined && { nextPageUrl: `${visit.url('applications')}?cursor=${page.next}` }),
      accountUrl: visit.url(''),
    };
    return visit.show(applicationsView(model, messages));
  }

  /** What is over already, or is somebody else's, looks the same: nothing was ended just now. */
  async submit(visit: AccountVisit, form: FormValues): Promise<FastifyReply> {
    const id = form.get('authorization');
    const record = id === undefined ? undefined : await this.store.findOfOwner(id, ownerOf(visit));
    if (!record || !(await this.revocation.end(record.id, ownerOf(visit)))) return visit.goTo('applications');
    const until = await this.lingering.until(record, visit.time.now);
    return visit.goTo('applications', until === undefined ? 'ended' : `ended-${until}`);
  }
}

function ownerOf({ person }: AccountVisit): OwnerId {
  return `account:${person.id}`;
}
