// Whether this is the database that was sent from before, as it was last seen. Facts in, every reason to doubt it out.
//
// Easy to get wrong: many engines on many machines, each with a data folder of its own, work on one database and are no
// copies. So a folder or an address that is new means something only where the database is our own, or where nobody
// else is at work on it who would know it.

import { texts } from "../../kernel/say.ts";
import type { HeldBack } from "./gate-facts.ts";

/** Whether a standby that takes over is trusted by proof, or once a person has confirmed. */
export type Failover = "confirm" | "synchronous";

export type FenceReason =
  | "other_database"
  | "copied_folder"
  | "other_folder"
  | "older_state"
  | "other_address"
  | "not_replicated";

export type FenceFacts = {
  /** What the database says of itself. Nulls where nothing was sent from it yet. */
  known: { place: string | null; home: string | null; addresses: readonly string[]; count: number };
  /** What there is to see here. */
  here: {
    place: string;
    /** The data folder, where the database lives in it; and what it was before it was moved on its disk. */
    home: string | null;
    movedFrom: string | null;
    isFolderCopied: boolean;
    /** Where the server was reached, if it is not our own. */
    address: string | null;
    /** By another name it is the server that was sent from. */
    isServerKnown: boolean;
    /** As far as the count was seen to stand from this folder. */
    seen: number;
  };
  /** Other engines are at work on this very database at this moment. */
  areOthersAtWork: boolean;
};

export function fenceReasons({ known, here, areOthersAtWork }: FenceFacts): FenceReason[] {
  const isOwn = here.home !== null;
  const checks: [FenceReason, boolean][] = [
    ["other_database", known.place !== null && known.place !== here.place],
    ["older_state", here.seen > known.count],
    ["copied_folder", here.isFolderCopied && known.place !== null && (isOwn || !areOthersAtWork)],
    [
      "other_folder",
      isOwn &&
        !here.isFolderCopied &&
        known.home !== null &&
        known.home !== here.home &&
        known.home !== here.movedFrom,
    ],
    [
      "other_address",
      here.address !== null &&
        known.addresses.length > 0 &&
        !known.addresses.includes(here.address) &&
        !here.isServerKnown &&
        !areOthersAtWork,
    ],
  ];
  return checks.flatMap(([reason, holds]) => (holds ? [reason] : []));
}

export const FENCE_WORDS: Record<FenceReason, string> = texts({
  other_database: "this is not the database that sent email before",
  older_state: "an older state of the database was restored, so the latest sent emails are missing in it",
  copied_folder: "the data folder was copied or restored",
  other_folder: "the database was moved to another data folder",
  other_address: "the database is at a new address",
  not_replicated: "no standby confirms what is written, so a failover could lose emails that were sent",
});

type CloneHold = {
  place: string | null;
  placeHere: string;
  failover: Failover;
  /** Whether commits reach a standby. */
  isReplicated: boolean;
  heldSince: Temporal.Instant | null;
  heldBecause: string[];
};

/** Since when nothing is sent, and why; null where everything is as it was left. */
export function heldBackIn(hold: CloneHold): HeldBack | null {
  const { place, placeHere, heldSince, heldBecause } = hold;
  if (heldSince !== null) return { since: heldSince, because: heldBecause };
  if (place !== null && place !== placeHere) return { since: null, because: ["other_database"] };
  return waitsForStandby(hold) ? { since: null, because: ["not_replicated"] } : null;
}

/** Without a standby that has every commit, the next failover could not be trusted. It ends by itself. */
export function waitsForStandby({ failover, isReplicated }: Pick<CloneHold, "failover" | "isReplicated">) {
  return failover === "synchronous" && !isReplicated;
}

/** Nothing that a person could confirm. */
export function isOnlyWaiting(heldBack: HeldBack | null) {
  return heldBack !== null && heldBack.because.join() === "not_replicated";
}

/** `sending_place()`: the ids of server, database and table, and the timeline. A standby that takes over begins a later timeline. */
export function isTakenOver(before: string | null, now: string) {
  if (before === null) return false;
  const [known, here] = [before.split(" "), now.split(" ")];
  const [was = "", is = ""] = [known.pop(), here.pop()];
  return known.join(" ") === here.join(" ") && Number.parseInt(is, 16) > Number.parseInt(was, 16);
}
