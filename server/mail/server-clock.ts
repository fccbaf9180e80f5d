// What mail servers say of when a mail came, on our clock: which tests move, and which no server is ahead of.

export class ServerClock {
  readonly now: () => Temporal.Instant;
  readonly #unmoved: () => Temporal.Instant;

  constructor(now: () => Temporal.Instant, unmoved = now) {
    this.now = now;
    this.#unmoved = unmoved;
  }

  /** How far our clock, which tests move, is ahead of the one that mail servers live by. */
  aheadMs() {
    return this.now().epochMilliseconds - this.#unmoved().epochMilliseconds;
  }

  /** The server's word on our clock, unless it is of tomorrow. */
  cameAt(internalDate: Date | string | undefined) {
    const now = this.now();
    const ms = internalDate === undefined ? Number.NaN : new Date(internalDate).getTime();
    if (Number.isNaN(ms)) return now;
    const at = Temporal.Instant.fromEpochMilliseconds(ms + this.aheadMs());
    return Temporal.Instant.compare(at, now) > 0 ? now : at;
  }
}
