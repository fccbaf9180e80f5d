import { Skeleton, Tabs } from "@mantine/core";
import { useNavigate, useParams } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useAddress } from "../../parts/address.ts";
import { Initials } from "../../parts/Initials.tsx";
import { useLate } from "../../parts/late.ts";
import { RecordPage } from "../../parts/RecordPage.tsx";
import { useTrail } from "../../parts/records/trail.ts";
import { Trouble } from "../../parts/Trouble.tsx";
import { AsItStood } from "../as-it-stood/AsItStood.tsx";
import { Notes } from "../notes/Notes.tsx";
import { useContact } from "../story/queries.ts";
import { Timeline } from "../timeline/Timeline.tsx";
import { ContactDeals, ContactSequences, ContactTasks } from "./Around.tsx";
import { ContactFacts } from "./ContactFacts.tsx";
import { ContactVerbs } from "./ContactVerbs.tsx";
import type { Contact } from "./queries.ts";
import { nameOf } from "./words.tsx";

export function ContactPage() {
  const { id = "" } = useParams({ strict: false });
  const found = useContact(id);
  if (found.error) return <Trouble error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Waiting />;
  return <Shown key={id} contact={found.data.contact} />;
}

const TABS = ["Timeline", "Notes", "Sequences", "Tasks", "Deals", "Workflows", "As it stood"] as const;

const ContactWorkflows = lazy(async () => ({
  default: (await import("../workflows/ContactWorkflows.tsx")).ContactWorkflows,
}));

function Shown({ contact }: { contact: Contact }) {
  const [address, change] = useAddress();
  const navigate = useNavigate();
  const trail = useTrail("contacts", contact.id);
  const tab = TABS.find((name) => tabOf(name) === address.tab) ?? TABS[0];
  const goTo = (id: string | null, by: 1 | -1) =>
    id === null
      ? undefined
      : () => {
          trail.step(by);
          void navigate({ to: "/contacts/$id", params: { id }, search: { tab: address.tab }, replace: true });
        };
  return (
    <RecordPage
      name={nameOf(contact)}
      tile={<Initials name={nameOf(contact)} size={40} />}
      says={[contact.title, contact.organization_name].filter(Boolean).join(" at ")}
      crumb={{ to: trail.backTo ?? "/contacts", name: "Contacts" }}
      onBefore={goTo(trail.before, -1)}
      onAfter={goTo(trail.after, 1)}
      verbs={<ContactVerbs contact={contact} />}
      facts={<ContactFacts contact={contact} />}
    >
      <Tabs value={tabOf(tab)} onChange={(next) => change({ tab: next ?? undefined })} keepMounted={false}>
        <Tabs.List mb={16}>
          {TABS.map((name) => (
            <Tabs.Tab key={name} value={tabOf(name)}>
              {name}
              {name === "Sequences" && countIn(contact)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="timeline">
          <Timeline of={{ contact: contact.id }} />
        </Tabs.Panel>
        <Tabs.Panel value="notes">
          <Notes about={{ contact_id: contact.id }} />
        </Tabs.Panel>
        <Tabs.Panel value="sequences">
          <ContactSequences contact={contact} />
        </Tabs.Panel>
        <Tabs.Panel value="tasks">
          <ContactTasks id={contact.id} />
        </Tabs.Panel>
        <Tabs.Panel value="deals">
          <ContactDeals id={contact.id} />
        </Tabs.Panel>
        <Tabs.Panel value="workflows">
          <Suspense fallback={null}>
            <ContactWorkflows id={contact.id} />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="as-it-stood">
          <AsItStood type="contact" id={contact.id} />
        </Tabs.Panel>
      </Tabs>
    </RecordPage>
  );
}

/** As the address has it, and as an id may read: without a space. */
function tabOf(name: string) {
  return name.toLowerCase().replaceAll(" ", "-");
}

function countIn({ contact_campaign_statuses: all }: Contact) {
  return all.length > 0 ? <span className="soft"> {all.length}</span> : null;
}

function Waiting() {
  const isLate = useLate(true);
  return (
    <div className="stack" aria-busy="true" style={{ minHeight: "20rem" }}>
      {isLate && ["a", "b", "c", "d", "e"].map((line) => <Skeleton key={line} height={16} width="60%" />)}
    </div>
  );
}
