/** Lets concurrent callers share one run of a piece of work, so that an expired value is fetched once and not by everybody. */
export class SingleFlight<T> {
  private readonly running = new Map<string, Promise<T>>();

  /** Joins the run that is under way for `key`, or starts one. A failure reaches all who joined and is not remembered. */
  run(key: string, work: () => Promise<T>): Promise<T> {
    const joined = this.running.get(key);
    if (joined) return joined;
    const run = work().finally(() => this.running.delete(key));
    this.running.set(key, run);
    return run;
  }
}
