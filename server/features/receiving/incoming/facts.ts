// What must be known of us to understand some mails: gathered for all of them at once, handed out to each by itself.

import { domainToUnicode } from "node:url";
import type { Db } from "../../../db/connect.ts";
import { canonicalAddress } from "../../../domain/contacts/suppression.ts";
import type { InboundFacts, LookUp, SentMail } from "../../../domain/receiving/inbound-facts.ts";
import type { IncomingMail } from "../../../domain/receiving/incoming-mail.ts";
import * as correspondence from "./correspondence-store.ts";
import type { ReadingFault } from "./run-in-worker.ts";

/** A mail that has come, and how it came. */
export type Arrival = {
  uid: number;
  receivedAt: Temporal.Instant;
  /** The provider's, where it names one. */
  threadId: string | null;
  mail: IncomingMail;
  /** By what to look for our mails and contacts. */
  lookUp: LookUp;
  /** Why it could not be read at all. */
  fault: ReadingFault | null;
};

export type InboundFactSource = {
  factsFor(arrival: Arrival): InboundFacts;
  sentById: ReadonlyMap<string, correspondence.AnsweredMailRow>;
};

export async function gatherKnown(
  db: Db,
  teamId: string,
  folder: InboundFacts["folder"],
  arrivals: readonly Arrival[],
): Promise<InboundFactSource> {
  const own = new Set(spelledOut(await correspondence.ownAddresses(db, teamId)));
  const all = arrivals.map(({ lookUp }) => lookUp);
  const named = await correspondence.sentNamed(db, teamId, {
    messageIds: distinct(all.flatMap(({ messageIds }) => messageIds)),
    tokens: distinct(all.flatMap(({ tokens }) => tokens)),
    threadIds: distinct(arrivals.flatMap(({ threadId }) => threadId ?? [])),
  });
  const addresses = distinct(all.flatMap((one) => one.addresses)).filter((address) => !own.has(address));
  const people =
    addresses.length === 0 ? [] : await correspondence.mailedContacts(db, teamId, everySpelling(addresses));
  const known = shelve(named, people);

  const strangers = arrivals.filter(known.isNobody);
  const hosts = distinct(strangers.flatMap((arrival) => hostsOf(arrival, arrival.lookUp.companyDomains)));
  const colleagues = hosts.length === 0 ? [] : await correspondence.mailedAtHosts(db, teamId, hosts);
  const contactIds = distinct([...people, ...colleagues].map(({ id }) => id));
  const sent = contactIds.length === 0 ? [] : await correspondence.lastSentTo(db, teamId, contactIds);

  const whole = shelve([...named, ...sent], people);
  const byHost = Map.groupBy(
    sent.filter(({ to }) => to !== null),
    ({ to }) => hostOf(to ?? ""),
  );
  return {
    sentById: new Map([...named, ...sent].map((row) => [row.id, row])),
    factsFor(arrival) {
      const { lookUp, threadId, receivedAt } = arrival;
      const ofCompany = known.isNobody(arrival)
        ? hostsOf(arrival, lookUp.companyDomains).flatMap((host) => byHost.get(host) ?? [])
        : [];
      const { rows, contacts } = whole.about(arrival);
      return {
        folder,
        ownAddresses: own,
        threadId,
        receivedAt,
        sent: distinct([...rows, ...ofCompany]).map(sentMail),
        contacts,
      };
    },
  };
}

type Named = Pick<Arrival, "lookUp" | "threadId">;

/** Mails and people, found again by whatever an incoming mail may name. */
function shelve(rows: readonly correspondence.AnsweredMailRow[], people: readonly correspondence.Mailed[]) {
  const byMessageId = Map.groupBy(rows, ({ messageId }) => messageId ?? "");
  const byOtherId = Map.groupBy(rows, ({ otherId }) => otherId ?? "");
  const byThread = Map.groupBy(rows, ({ threadId }) => threadId ?? "");
  const byToken = Map.groupBy(rows, ({ token }) => token ?? "");
  const byContact = Map.groupBy(rows, ({ contactId }) => contactId ?? "");
  const contacts = people.map(({ id, emails }) => ({ id, emails: spelledOut(emails) }));
  const byAddress = new Map<string, typeof contacts>();
  for (const contact of contacts)
    for (const email of contact.emails) byAddress.set(email, [...(byAddress.get(email) ?? []), contact]);
  const contactsIn = ({ addresses }: LookUp) =>
    distinct(addresses.flatMap((one) => byAddress.get(one) ?? []));
  const named = ({ lookUp: { messageIds, tokens }, threadId }: Named) => [
    ...messageIds.flatMap((id) => [...(byMessageId.get(id) ?? []), ...(byOtherId.get(id) ?? [])]),
    ...(threadId === null ? [] : (byThread.get(threadId) ?? [])),
    ...tokens.flatMap((token) => byToken.get(token) ?? []),
  ];
  return {
    isNobody: (one: Named) => named(one).length === 0 && contactsIn(one.lookUp).length === 0,
    about(one: Named) {
      const found = contactsIn(one.lookUp);
      const theirs = found.flatMap(({ id }) => byContact.get(id) ?? []);
      return { contacts: found, rows: distinct([...named(one), ...theirs]) };
    },
  };
}

function sentMail(row: correspondence.AnsweredMailRow): SentMail {
  return {
    id: row.id,
    contactId: row.contactId,
    messageId: row.messageId ?? "",
    otherId: row.otherId,
    to: canonicalAddress(row.to ?? "") ?? row.to ?? "",
    subject: row.subject ?? "",
    opening: row.opening ?? "",
    token: row.token,
    threadId: row.threadId,
  };
}

/** A company's mail comes from its domain or from below. */
function hostsOf({ mail }: Arrival, companyDomains: readonly string[]) {
  if (companyDomains.length === 0) return [];
  const senders = [mail.from, mail.sender, ...mail.replyTo].flatMap((person) => person?.email ?? []);
  const below = senders
    .map(hostOf)
    .filter((host) => companyDomains.some((domain) => host.endsWith(`.${domain}`)));
  return distinct([...companyDomains, ...below]);
}

const hostOf = (address: string) => address.slice(address.lastIndexOf("@") + 1);

/** As mails spell addresses: lower case, the domain in ASCII. */
function spelledOut(addresses: readonly string[]) {
  return distinct(addresses.map((address) => canonicalAddress(address) ?? address));
}

/** As people may have typed them. */
function everySpelling(addresses: readonly string[]) {
  return distinct(
    addresses.flatMap((address) => {
      const at = address.lastIndexOf("@");
      return address.includes("xn--", at)
        ? [address, address.slice(0, at + 1) + domainToUnicode(address.slice(at + 1))]
        : [address];
    }),
  );
}

const distinct = <T>(values: readonly T[]) => [...new Set(values)];
