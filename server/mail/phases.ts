// How far a transmission has come. We keep this record ourselves: the library reports a connection that is lost with
// the same code wherever it was lost, and before or after the dot is the difference between "try again" and "never".

/**
 * `connect` reaches from the first packet to the server's list of what it can, `data` is the wait for leave to write
 * the body, `gate` the wait for ours to end it, and from `dot` on the server may have taken the mail.
 */
export const PHASES = ["connect", "tls", "login", "mail", "rcpt", "data", "body", "gate", "dot"] as const;

export type SendPhase = (typeof PHASES)[number];

/** The longest time for each phase. At the gate we wait for our own decision, which has limits of its own. */
export type PhaseLimits = Record<Exclude<SendPhase, "gate">, number>;

/** Near to RFC 5321 4.5.3.2, whose longer limits are meant for relays, which can wait. */
export const PHASE_LIMITS: PhaseLimits = {
  connect: 60_000,
  tls: 30_000,
  login: 60_000,
  mail: 120_000,
  rcpt: 120_000,
  data: 120_000,
  body: 300_000,
  dot: 600_000, // a server that gives up earlier says so; one that is slower has been left
};

/** A clock for one phase at a time: entering one ends the one before. */
export class PhaseClock {
  phase: SendPhase = "connect";
  readonly #limits: PhaseLimits;
  readonly #onLate: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(limits: PhaseLimits, onLate: () => void) {
    this.#limits = limits;
    this.#onLate = onLate;
  }

  enter(phase: SendPhase) {
    this.phase = phase;
    this.stop();
    if (phase !== "gate") this.#timer = setTimeout(this.#onLate, this.#limits[phase]);
  }

  stop() {
    clearTimeout(this.#timer);
  }
}
