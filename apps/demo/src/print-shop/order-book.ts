import { readPrivateFile, writePrivateFile } from '../private-file.js';
import { isOpen, newOrder, type OrderContent, type OrderedBy, type OrderTools, PhotoOrder } from './photo-order.js';

const KEPT_ORDERS = 100;
const AGAIN = 'The shop was started again and asks anew.';

/** The file in which an order book is kept. */
interface BookFile {
  last_number: number;
  orders: (OrderContent & { number: number })[];
  /** Persisted claims tokens by customer. */
  pcts: Record<string, string>;
}

/**
 * The print shop's orders by number, in one JSON file: whatever a page has shown is there after a restart. At most one
 * program uses the file.
 */
export class OrderBook {
  private readonly orders = new Map<number, PhotoOrder>();
  private readonly pcts: Map<string, string>;
  private readonly tools: OrderTools;
  private lastNumber: number;

  constructor(
    private readonly path: string,
    tools: Omit<OrderTools, 'pcts' | 'changed'>,
  ) {
    const content = readPrivateFile(path);
    const book = content === undefined ? undefined : (JSON.parse(content) as BookFile);
    this.lastNumber = book?.last_number ?? 0;
    this.pcts = new Map(Object.entries(book?.pcts ?? {}));
    this.tools = { ...tools, pcts: this.pcts, changed: () => this.save() };
    for (const { number, ...order } of book?.orders ?? []) this.orders.set(number, new PhotoOrder(order, this.tools));
  }

  /** Undefined when there is no such order (any more). */
  find(number: number): OrderContent | undefined {
    return this.orders.get(number)?.content;
  }

  /** The orders of one customer, the newest first. */
  of(owner: string): { number: number; order: OrderContent }[] {
    return [...this.orders]
      .map(([number, { content }]) => ({ number, order: content }))
      .filter(({ order }) => order.owner === owner)
      .toReversed();
  }

  /** Starts an order and gives its number; it is stored when this returns. The oldest order makes room. */
  place(url: string, by: OrderedBy): number {
    const order = new PhotoOrder(newOrder(url, by), this.tools);
    this.lastNumber += 1;
    this.orders.set(this.lastNumber, order);
    this.orders.delete(this.lastNumber - KEPT_ORDERS);
    this.save();
    void order.run();
    return this.lastNumber;
  }

  /** Goes on with the orders that were open when the shop was stopped. */
  resume(): void {
    for (const order of this.orders.values()) {
      if (!isOpen(order.content)) continue;
      order.content.state = 'asking';
      order.content.steps.push(AGAIN);
      void order.run();
    }
  }

  private save(): void {
    const orders = [...this.orders].map(([number, { content }]) => ({ number, ...content }));
    const book: BookFile = { last_number: this.lastNumber, orders, pcts: Object.fromEntries(this.pcts) };
    writePrivateFile(this.path, JSON.stringify(book, null, 2));
  }
}
