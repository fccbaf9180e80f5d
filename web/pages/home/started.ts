// Getting started, told from what is there. A step is done because it happened, never because somebody
// clicked it away.

import type { Address } from "../../parts/address.ts";

export type Facts = {
  teamName: string;
  /** Connected. */
  mailboxes: number;
  runningSequences: number;
  /** Without the person who asks. */
  colleagues: number;
  keys: readonly { last_used_at: string | null }[];
};

export type Step = {
  name: string;
  done: string;
  open: string;
  isDone: boolean;
  to: "/settings/team" | "/settings/mailboxes" | "/sequences" | "/settings/people" | "/settings/keys" | null;
  search?: Address;
  verb: string;
};

export function hasCalled(keys: Facts["keys"] = []) {
  return keys.some(({ last_used_at }) => last_used_at !== null);
}

/** What a team is called that a bootstrap key opened and nobody has named yet. */
const UNNAMED = "First team";

export function stepsFor({ teamName, mailboxes, runningSequences, colleagues, keys }: Facts): Step[] {
  const isCalled = hasCalled(keys);
  return [
    {
      name: "Name your team",
      done: `It is called ${teamName}.`,
      open: "Colleagues see the name in their invitation.",
      isDone: teamName.trim() !== "" && teamName !== UNNAMED,
      to: "/settings/team",
      verb: "Name it",
    },
    {
      name: "Connect a mailbox",
      done: mailboxes === 1 ? "One mailbox is connected." : `${mailboxes} mailboxes are connected.`,
      open: "Mail goes out from it, and answers are read there.",
      isDone: mailboxes > 0,
      to: "/settings/mailboxes",
      search: { do: "connect" },
      verb: "Connect",
    },
    {
      name: "Switch on a sequence",
      done: runningSequences === 1 ? "One sequence runs." : `${runningSequences} sequences run.`,
      open: "Steps, the people in it, and off it goes.",
      isDone: runningSequences > 0,
      to: "/sequences",
      verb: "Build one",
    },
    {
      name: "Invite a colleague",
      done:
        colleagues === 1
          ? "One colleague is invited or here."
          : `${colleagues} colleagues are invited or here.`,
      open: "They join by a link that you send them.",
      isDone: colleagues > 0,
      to: "/settings/people",
      search: { do: "invite" },
      verb: "Invite",
    },
    {
      name: "Make an API key",
      done: keys.length === 1 ? "One key has been made." : `${keys.length} keys have been made.`,
      open: "Programs call Cadenza with a key of their own.",
      isDone: keys.length > 0,
      to: "/settings/keys",
      search: { do: "create" },
      verb: "Make one",
    },
    {
      name: "Make the first API call",
      done: "A key has called.",
      open: "Use the example below with your key.",
      isDone: isCalled,
      to: isCalled ? "/settings/keys" : null,
      verb: "See the keys",
    },
  ];
}
