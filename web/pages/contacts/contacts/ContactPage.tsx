import { Skeleton, Tabs } from "@mantine/core";
import { useNavigate, useParams } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Initials } from "../../../parts/Initials.tsx";
import { useLate } from "../../../parts/late.ts";
import { RecordPage } from "../../../parts/RecordPage.tsx";
import { useTrail } from "../../../parts/records/trail.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { AsItStood } from "../../insight/as-it-stood/AsItStood.tsx";
import { useContact } from "../../insight/story/queries.ts";
import { Notes } from "../notes/Notes.tsx";
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

/** As the address has it, and what the tab says. */
const TABS = perLanguage(
  () =>
    [
      ["timeline", t("Timeline")],
      ["notes", t("Notes")],
      ["sequences", t("Sequences")],
      ["tasks", t("Tasks")],
      ["deals", t("Deals")],
      ["workflows", t("Workflows")],
      ["as-it-stood", t("Past state")],
    ] as const,
);

const ContactWorkflows = lazy(async () => ({
  default: (await import("../../automation/workflows/ContactWorkflows.tsx")).ContactWorkflows,
}));

function Shown({ contact }: { contact: Contact }) {
  const [address, change] = useAddress();
  const navigate = useNavigate();
  const trail = useTrail("contacts", contact.id);
  const [tab] = TABS.find(([key]) => key === address.tab) ?? TABS[0];
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
      crumb={{ to: trail.backTo ?? "/contacts", name: t("Contacts") }}
      onBefore={goTo(trail.before, -1)}
      onAfter={goTo(trail.after, 1)}
      verbs={<ContactVerbs contact={contact} />}
      facts={<ContactFacts contact={contact} />}
    >
      <Tabs value={tab} onChange={(next) => change({ tab: next ?? undefined })} keepMounted={false}>
        <Tabs.List mb={16}>
          {TABS.map(([key, name]) => (
            <Tabs.Tab key={key} value={key}>
              {name}
              {key === "sequences" && countIn(contact)}
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
