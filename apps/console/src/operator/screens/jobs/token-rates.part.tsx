import type { TokenRate, TokensAnswer } from '@valetkey/operator-contract';
import { useMessages } from '../../../language/language.hook.js';
import { Card } from '../../../parts/card.part.js';
import { DataTable } from '../../parts/data-table.part.js';
import styles from './jobs.module.css';
import { TOKENS } from './jobs.messages.js';

/** From the bottom of a bar upwards. */
const OUTCOMES = ['issued', 'refused', 'failed'] as const;
const HEIGHT = 20;

/** What the token endpoint answered: in words, as bars, and as a table for whom bars say nothing. */
export function TokenRates({ rates }: { readonly rates: TokensAnswer['rates'] }) {
  const texts = useMessages(TOKENS);
  return (
    <Card as="section">
      <h2 className={styles.heading}>{texts.rates}</h2>
      <dl className={styles.figures}>
        <dt>{texts.minute}</dt>
        <dd>{texts.rate(rates.last_minute)}</dd>
        <dt>{texts.hour}</dt>
        <dd>{texts.rate(rates.last_hour)}</dd>
      </dl>
      <Bars minutes={rates.minutes} />
      <details>
        <summary className={styles.more}>{texts.asTable}</summary>
        <MinuteTable minutes={rates.minutes} />
      </details>
      <p className={styles.quiet}>{texts.rateNote}</p>
    </Card>
  );
}

function Bars({ minutes }: { readonly minutes: readonly TokenRate[] }) {
  const { chart } = useMessages(TOKENS);
  const most = Math.max(1, ...minutes.map(({ issued, refused, failed }) => issued + refused + failed));
  return (
    <svg
      className={styles.chart}
      role="img"
      aria-label={chart}
      viewBox={`0 0 ${minutes.length} ${HEIGHT}`}
      preserveAspectRatio="none"
    >
      {minutes.map((rate, index) => (
        <Bar key={index} rate={rate} x={index} unit={HEIGHT / most} />
      ))}
    </svg>
  );
}

function Bar({ rate, x, unit }: { readonly rate: TokenRate; readonly x: number; readonly unit: number }) {
  let top = HEIGHT;
  return OUTCOMES.map((outcome) => {
    const height = rate[outcome] * unit;
    top -= height;
    return <rect key={outcome} className={styles[outcome]} x={x + 0.1} y={top} width={0.8} height={height} />;
  });
}

/** Minutes in which nothing came are left out. */
function MinuteTable({ minutes }: { readonly minutes: readonly TokenRate[] }) {
  const texts = useMessages(TOKENS);
  const rows = minutes.map((rate, index) => ({ rate, ago: minutes.length - 1 - index })).reverse();
  return (
    <DataTable caption={texts.chart} columns={[texts.ago, ...OUTCOMES.map((outcome) => texts.outcomes[outcome])]}>
      {rows
        .filter(({ rate, ago }) => ago === 0 || OUTCOMES.some((outcome) => rate[outcome] > 0))
        .map(({ rate, ago }) => (
          <tr key={ago}>
            <th scope="row">{texts.minutesAgo(ago)}</th>
            {OUTCOMES.map((outcome) => (
              <td key={outcome}>{rate[outcome]}</td>
            ))}
          </tr>
        ))}
    </DataTable>
  );
}
