import type { HttpExchange } from '@valetkey/resource-server';
import { shortened } from '../shortened.js';

/** An exchange with the authorization server as the story shows it: numbered, secrets shortened. */
export interface LoggedExchange {
  number: number;
  method: string;
  url: string;
  request_headers: Record<string, string>;
  request_body: string;
  status: number;
  response_headers: Record<string, string>;
  response_body: string;
}

const KEPT = 100;

/** What the photo service and the authorization server said to each other lately, and how the last PAT was got. */
export class ExchangeLog {
  latestPat: LoggedExchange | undefined;
  private readonly kept: LoggedExchange[] = [];
  private last = 0;

  readonly record = (exchange: HttpExchange): void => {
    const logged = this.logged(exchange);
    if (exchange.requestBody.startsWith('grant_type=')) this.latestPat = logged;
    this.kept.push(logged);
    if (this.kept.length > KEPT) this.kept.shift();
  };

  after(number: number): LoggedExchange[] {
    return this.kept.filter((exchange) => exchange.number > number);
  }

  private logged(exchange: HttpExchange): LoggedExchange {
    this.last += 1;
    return {
      number: this.last,
      method: exchange.method,
      url: exchange.url,
      request_headers: shortenedValues(exchange.requestHeaders),
      request_body: shortened(exchange.requestBody),
      status: exchange.status,
      response_headers: shortenedValues(exchange.responseHeaders),
      response_body: shortened(exchange.responseBody),
    };
  }
}

function shortenedValues(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, shortened(value)]));
}
