import type { ReactNode } from "react";
import { listFormat } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import { Empty } from "../../../parts/Empty.tsx";
import { Page } from "../../../parts/Page.tsx";
import { useIsAdmin } from "../../../session.ts";
import { usePeople } from "../people/queries.ts";

const ANY = listFormat({ type: "disjunction" });

type Props = { title: string; what: string; children: ReactNode };

/** Tells a member why a page is not for them and whom to ask, instead of letting it fail. */
export function AdminsOnly({ title, what, children }: Props) {
  return useIsAdmin() ? children : <NotForMembers title={title} what={what} />;
}

function NotForMembers({ title, what }: { title: string; what: string }) {
  const { data: people = [] } = usePeople();
  const admins = people.filter(({ role, state }) => role === "admin" && state === "active");
  return (
    <Page title={title} state={t("Only for admins.")}>
      <Empty says={t("{what} Only admins can open this page.", { what })}>
        {admins.length > 0 && (
          <p>{t("Ask {admins}.", { admins: ANY.format(admins.map(({ name }) => name)) })}</p>
        )}
      </Empty>
    </Page>
  );
}
