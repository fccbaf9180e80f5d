import type { ReactNode } from "react";
import { Empty } from "../../parts/Empty.tsx";
import { Page } from "../../parts/Page.tsx";
import { useIsAdmin } from "../../session.ts";
import { usePeople } from "../people/queries.ts";

type Props = { title: string; what: string; children: ReactNode };

/** Tells a member why a page is not for them and whom to ask, instead of letting it fail. */
export function AdminsOnly({ title, what, children }: Props) {
  return useIsAdmin() ? children : <NotForMembers title={title} what={what} />;
}

function NotForMembers({ title, what }: { title: string; what: string }) {
  const { data: people = [] } = usePeople();
  const admins = people.filter(({ role, state }) => role === "admin" && state === "active");
  return (
    <Page title={title} state="For admins of the team.">
      <Empty says={`${what} You are a member, so this page stays closed to you; nothing is wrong.`}>
        {admins.length > 0 && <p>Ask {admins.map(({ name }) => name).join(" or ")}.</p>}
      </Empty>
    </Page>
  );
}
