// Google and Microsoft for the torture: mailboxes that people connected by the provider's API, and that the provider answers as a
// seed says. What a mailbox has handed over is known here, whatever its provider answered.

import type { Config } from "../../config.ts";
import { type Chance, chanceFrom } from "../../sample/chance.ts";
import type { PeerCall } from "../api-peer.ts";
import { freePort } from "../doors.ts";
import { openGmailPeer } from "../gmail-peer.ts";
import { openGraphPeer } from "../graph-peer.ts";
import { LOOPBACK } from "../loopback.ts";
import { trustTestCertificates } from "../post-office.ts";
import { openSignInPeer, SIGN_IN_CLIENT } from "../sign-in-peer.ts";
import type { SinkLine, Unanswered } from "../sink.ts";
import { lineFrom } from "../sink-session.ts";
import type { Team, World } from "../world.ts";
import { gmailTemper, graphTemper } from "./tempers.ts";

const KINDS = [
  { provider: "google", connected_by: "gmail_api" },
  { provider: "microsoft", connected_by: "microsoft_graph" },
] as const;

type Kind = (typeof KINDS)[number];
type Member = { id: string; email: string; kind: Kind };

/** Numbers of lines that are not the sink's. */
const FIRST_LINE = 1_000_000;

export type Providers = Awaited<ReturnType<typeof openProviders>>;

export async function openProviders(seed: number) {
  trustTestCertificates();
  const port = await freePort();
  const publicUrl = `http://localhost:${port}`;
  const signIns = await openSignInPeer(() => `${publicUrl}/settings/mailboxes/signed-in`);
  const gmail = await openGmailPeer((token) => signIns.userOf(token));
  const graph = await openGraphPeer((token) => signIns.userOf(token));
  const peers = [gmail, graph];
  const members: Member[] = [];
  const unanswered: Unanswered[] = [];
  /** Of these nobody can tell what became of them. */
  const untraceable = new Set<string>();
  const faults = { gmail: 0, graph: 0 };

  const watch =
    (name: "gmail" | "graph") =>
    ({ fault, draft, isAnswered }: PeerCall<string, { status: number }>) => {
      if (fault !== null) faults[name] += 1;
      const id = draft && lineFrom(draft).message_id;
      if (!id || (fault === null && isAnswered)) return;
      unanswered.push({ message_id: id, what: "silent" });
      if (fault === "without a trace") untraceable.add(id);
    };
  gmail.watch = watch("gmail");
  graph.watch = watch("graph");

  function lines(): SinkLine[] {
    const all = peers.flatMap((peer) =>
      [...peer.boxes].map(([email, { delivered }]) => ({ email, delivered })),
    );
    return all
      .flatMap(({ email, delivered }) => delivered.map((one) => ({ email, one })))
      .map(({ email, one: { raw, to, draftedAs, at } }, n) => ({
        ...lineFrom(raw),
        n: FIRST_LINE + n,
        at,
        rcpt: to[0] ?? "",
        nrcpt: to.length,
        message_id: draftedAs,
        from: email,
        login: email,
        bytes: raw.length,
      }));
  }

  async function signIn({ team }: { team: Team }, kind: Kind, email: string) {
    const { api } = team;
    const { sign_in } = await api.emailAccounts.startSignIn({ ...kind, email_daily_threshold: null });
    const { state = "", code = "" } = await signIns.consent(sign_in.authorization_url, { email });
    const { email_account } = await api.emailAccounts.finishSignIn({ state, code });
    return email_account.id;
  }

  return {
    config: {
      port,
      publicUrl,
      webhookAllow: LOOPBACK,
      signInAddresses: signIns.addresses,
      gmailUrl: gmail.url,
      graphUrl: graph.url,
    } satisfies Partial<Config>,
    env: {
      CADENZA_WEBHOOK_ALLOW: "127.0.0.0/8",
      CADENZA_GMAIL_API_URL: gmail.url,
      CADENZA_MICROSOFT_GRAPH_URL: graph.url,
      CADENZA_IMAP_POLL_MS: "1000",
      TORTURE_SIGN_IN: JSON.stringify(signIns.addresses),
    },
    members,
    unanswered,
    untraceable,
    faults,
    lines,
    underway: () => gmail.underway + graph.underway,
    /** So many mailboxes at each. */
    async connect(place: { team: Team; world: World }, count: number) {
      signIns.clock = () => place.world.running.app.now().epochMilliseconds;
      for (const kind of KINDS) {
        await place.team.api.signInClients.save({ provider: kind.provider, ...SIGN_IN_CLIENT });
        for (let n = 1; n <= count; n++) {
          const email = `${kind.provider}${n}@norrland.example`;
          const id = await signIn(place, kind, email);
          await place.team.api.emailAccounts.update({
            id,
            max_outbound_emails_per_hour: null,
            seconds_delay_between_emails: null,
          });
          members.push({ id, email, kind });
        }
      }
      return members.map(({ id }) => id);
    },
    /** An engine may die with the only new token in its hands: then a person signs in again. */
    async reconnect(place: { team: Team }, isOff: (id: string) => boolean) {
      for (const { id, email, kind } of members) if (isOff(id)) await signIn(place, kind, email);
    },
    /** `isWorst`: only in the way that leaves nobody able to tell. */
    misbehave(chance: Chance, isWorst: boolean) {
      gmail.draw = gmailTemper(chanceFrom(seed + 1), isWorst);
      graph.draw = graphTemper(chanceFrom(seed + 2), isWorst);
      // Exchange gives some emails another Message-ID.
      for (const box of graph.boxes.values()) box.renames = chance.happens(0.5);
    },
    behave() {
      for (const peer of peers) peer.draw = () => null;
    },
    /** Message-IDs of drafts that still lie there. */
    drafts: () =>
      [
        ...[...gmail.boxes.values()].flatMap((box) => box.under("DRAFT", "")),
        ...[...graph.boxes.values()].flatMap((box) => box.in("drafts")),
      ].flatMap(({ raw }) => lineFrom(raw).message_id ?? []),
    async close() {
      await Promise.all([...peers, signIns].map((peer) => peer.close()));
    },
  };
}
