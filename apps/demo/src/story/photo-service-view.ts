import type { LoggedExchange } from '../photo-service/exchange-log.js';
import { send, type Send } from '../print-shop/http.js';
import { found, must } from './must.js';
import type { Narrator, ToldExchange } from './narrator.js';

export interface StoryAlbum {
  id: string;
  resource_id: string;
  photos: { title: string; url: string }[];
  prints_url: string;
}

/** The photo service as alice uses it, and a look at what it says to the authorization server behind the scenes. */
export class PhotoServiceView {
  private seen = 0;

  constructor(private readonly options: { url: string; ownerKey: string; narrator: Narrator; aliceSend: Send }) {}

  /** How the photo service got the PAT that it uses now. */
  async tellPat(): Promise<ToldExchange> {
    const { json } = await this.exchanges(0);
    this.seen = Math.max(0, ...(json['items'] as LoggedExchange[]).map(({ number }) => number));
    const pat = found(json['latest_pat'] as LoggedExchange | undefined, 'the photo service to have a PAT');
    return this.tell(pat, 'photo service');
  }

  /** Tells what was said since the last time, and returns it. */
  async tellNews(): Promise<ToldExchange[]> {
    const { json } = await this.exchanges(this.seen);
    const news = json['items'] as LoggedExchange[];
    this.seen = news.at(-1)?.number ?? this.seen;
    return news.map((exchange) => this.tell(exchange, 'behind that: photo service'));
  }

  async createAlbum(title: string): Promise<StoryAlbum> {
    const answer = await this.options.aliceSend({
      method: 'POST',
      url: `${this.options.url}/albums`,
      headers: this.asAlice(),
      json: { title },
    });
    must(answer.status === 201, 'the photo service to make an album (201)');
    return answer.json as unknown as StoryAlbum;
  }

  async removeAlbum(album: StoryAlbum): Promise<boolean> {
    const url = `${this.options.url}/albums/${album.id}`;
    return (await send({ method: 'DELETE', url, headers: this.asAlice() })).status === 204;
  }

  private async exchanges(after: number) {
    const answer = await send({
      method: 'GET',
      url: `${this.options.url}/exchanges?after=${after}`,
      headers: this.asAlice(),
    });
    must(answer.status === 200, 'the photo service to tell what it said to the server');
    return answer;
  }

  private asAlice(): Record<string, string> {
    return { authorization: `Bearer ${this.options.ownerKey}` };
  }

  private tell(exchange: LoggedExchange, from: string): ToldExchange {
    const told = {
      method: exchange.method,
      url: exchange.url,
      requestHeaders: exchange.request_headers,
      requestBody: exchange.request_body,
      status: exchange.status,
      responseHeaders: exchange.response_headers,
      responseBody: exchange.response_body,
    };
    this.options.narrator.exchange(from, 'authorization server', told);
    return told;
  }
}
