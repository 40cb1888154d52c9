import type { Instant } from '@valetkey/kernel';
import type { TokenRate, TokensAnswer } from '@valetkey/operator-contract';

const SLOT = 10_000;
const SLOTS_OF_MINUTE = 6;
const MINUTES = 60;
const SLOTS = MINUTES * SLOTS_OF_MINUTE;

type Counts = { -readonly [Member in keyof TokenRate]: number };

/** What the token endpoint of this process answered in the last hour: so many numbers, whatever the load. */
export class TokenRates {
  private readonly ring = Array.from({ length: SLOTS }, () => ({ slot: -1, counts: none() }));

  constructor(private readonly now: () => Instant) {}

  observe(status: number): void {
    const slot = Math.floor(this.now() / SLOT);
    const place = this.ring[slot % SLOTS];
    if (!place) return;
    if (place.slot !== slot) Object.assign(place, { slot, counts: none() });
    place.counts[kindOf(status)] += 1;
  }

  /** Minutes end now, not with the minutes of the clock. */
  answer(): TokensAnswer['rates'] {
    const first = Math.floor(this.now() / SLOT) - SLOTS + 1;
    const minutes = Array.from({ length: MINUTES }, (_, minute) =>
      sum(Array.from({ length: SLOTS_OF_MINUTE }, (__, index) => this.of(first + minute * SLOTS_OF_MINUTE + index))),
    );
    return { last_minute: minutes.at(-1) ?? none(), last_hour: sum(minutes), minutes };
  }

  private of(slot: number): TokenRate {
    const place = this.ring[((slot % SLOTS) + SLOTS) % SLOTS];
    return place?.slot === slot ? place.counts : none();
  }
}

function none(): Counts {
  return { issued: 0, refused: 0, failed: 0 };
}

function kindOf(status: number): keyof TokenRate {
  if (status < 400) return 'issued';
  return status < 500 ? 'refused' : 'failed';
}

function sum(rates: readonly TokenRate[]): TokenRate {
  const all = none();
  for (const { issued, refused, failed } of rates) {
    all.issued += issued;
    all.refused += refused;
    all.failed += failed;
  }
  return all;
}
