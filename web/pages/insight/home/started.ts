// Getting started, read from the data. A step is done because it happened, never because a user clicked it away.

import { t } from "../../../language/t.ts";
import type { Address } from "../../../parts/address.ts";

export type SetupFacts = {
  teamName: string;
  mailboxes: ConnectedMailboxes;
  runningSequences: number;
  /** Without the person who asks. */
  colleagues: number;
  /** Those that the user created. */
  keys: readonly { last_used_at: string | null }[];
};

/** A mailbox whose sign-in is refused is lost until a user signs in again: it sends and reads nothing. */
type ConnectedMailboxes = { connected: number; lost: number };

export function connectedOf(mailboxes: readonly { state: string }[]): ConnectedMailboxes {
  const lost = mailboxes.filter(({ state }) => state === "disconnected").length;
  return { connected: mailboxes.length - lost, lost };
}

export type SetupStep = {
  name: string;
  done: string;
  open: string;
  isDone: boolean;
  to: "/settings/team" | "/settings/mailboxes" | "/sequences" | "/settings/people" | "/settings/keys" | null;
  search?: Address;
  verb: string;
};

export function hasCalled(keys: SetupFacts["keys"] = []) {
  return keys.some(({ last_used_at }) => last_used_at !== null);
}

/** The name of a team that a bootstrap key opened, until a user names it. */
// texts: not translated, the server gives this name
const UNNAMED = "First team";

/** Those about programs only for users who have created a key: most never need one. */
export function stepsFor({ keys, ...facts }: SetupFacts): SetupStep[] {
  return [...sellerSteps(facts), ...(keys.length > 0 ? programSteps(keys) : [])];
}

/** A member was invited into a team that is set up. What they lack is a mailbox of their own. */
export function stepsForMember(mailboxes: ConnectedMailboxes): SetupStep[] {
  return mailboxes.connected > 0 ? [] : [mailboxStep(mailboxes)];
}

function sellerSteps({ teamName, mailboxes, runningSequences, colleagues }: Omit<SetupFacts, "keys">) {
  return [
    {
      name: t("Name your team"),
      done: t("Your team is named {teamName}.", { teamName }),
      open: t("Teammates see this name in their invitation."),
      isDone: teamName.trim() !== "" && teamName !== UNNAMED,
      to: "/settings/team",
      verb: t("Edit name"),
    },
    mailboxStep(mailboxes),
    {
      name: t("Activate a sequence"),
      done: t("{runningSequences, plural, one {# active sequence.} other {# active sequences.}}", {
        runningSequences,
      }),
      open: t("Add steps and contacts, then activate it."),
      isDone: runningSequences > 0,
      to: "/sequences",
      verb: t("Create"),
    },
    {
      name: t("Invite a teammate"),
      done: t(
        "{colleagues, plural, one {# teammate invited or joined.} other {# teammates invited or joined.}}",
        { colleagues },
      ),
      open: t("Send them a link to join."),
      isDone: colleagues > 0,
      to: "/settings/people",
      search: { do: "invite" },
      verb: t("Invite"),
    },
  ] satisfies SetupStep[];
}

function mailboxStep({ connected, lost }: ConnectedMailboxes) {
  const isLost = connected === 0 && lost > 0;
  const known = t("{mailboxes, plural, one {# mailbox connected.} other {# mailboxes connected.}}", {
    mailboxes: connected,
  });
  const gone = t(
    "{lost, plural, one {# mailbox has lost its connection.} other {# mailboxes have lost their connection.}}",
    {
      lost,
    },
  );
  return {
    name: t("Connect a mailbox"),
    done: lost > 0 ? `${known} ${gone}` : known,
    open: isLost ? gone : t("Cadenza sends emails and reads replies through it."),
    isDone: connected > 0,
    to: "/settings/mailboxes",
    ...(!isLost && { search: { do: "connect" } }),
    verb: isLost ? t("Connect again") : t("Connect"),
  } satisfies SetupStep;
}

function programSteps(keys: SetupFacts["keys"]) {
  const isCalled = hasCalled(keys);
  return [
    {
      name: t("Create an API key"),
      done: t("{keys, plural, one {# API key created.} other {# API keys created.}}", { keys: keys.length }),
      open: t("Programs use a key to call Cadenza."),
      isDone: true,
      to: "/settings/keys",
      search: { do: "create" },
      verb: t("Create"),
    },
    {
      name: t("Send a first API request"),
      done: t("Your API key was used."),
      open: t("Run the example below with your key."),
      isDone: isCalled,
      to: isCalled ? "/settings/keys" : null,
      verb: t("View keys"),
    },
  ] satisfies SetupStep[];
}
