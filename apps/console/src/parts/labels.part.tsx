import styles from './labels.module.css';

/** The owner's own words on a thing. */
export function Labels({ legend, labels }: { readonly legend: string; readonly labels: readonly string[] }) {
  return (
    <ul className={styles.labels} aria-label={legend}>
      {labels.map((label) => (
        <li key={label} className={styles.label}>
          <bdi>{label}</bdi>
        </li>
      ))}
    </ul>
  );
}
