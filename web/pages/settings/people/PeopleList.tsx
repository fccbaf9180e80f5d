import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { type Column, DataTable } from "../../../parts/DataTable.tsx";
import { Initials } from "../../../parts/Initials.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { OneTimeSecret } from "../../../parts/OneTimeSecret.tsx";
import { Page } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { exactly } from "../../../parts/when.ts";
import { useIsAdmin, useMe } from "../../../session.ts";
import { InviteForm } from "./InviteForm.tsx";
import classes from "./PeopleList.module.css";
import { PersonDialog } from "./PersonDialog.tsx";
import { type Invited, type TeamMember, usePeople } from "./queries.ts";
import { countPeople, PersonRole, PersonState } from "./words.tsx";

export function PeopleList() {
  const people = usePeople();
  const isAdmin = useIsAdmin();
  const [address, change] = useAddress();
  const [link, setLink] = useState<Invited | null>(null);
  const opened = people.data?.find(({ id }) => id === address.open);
  const showLink = (invited: Invited) => {
    setLink(invited);
    change({ do: undefined, open: undefined });
  };
  return (
    <Page
      title={t("People")}
      state={people.data && countPeople(people.data)}
      action={
        isAdmin && (
          <Button leftSection={<IconPlus size="0.875rem" />} onClick={() => change({ do: "invite" })}>
            {t("Invite a teammate")}
          </Button>
        )
      }
    >
      {people.error ? (
        <Trouble error={people.error} onRetry={() => void people.refetch()} />
      ) : (
        <DataTable
          label={t("People")}
          columns={COLUMNS}
          rows={people.data}
          rowKey={({ id }) => id}
          onOpen={({ id }) => change({ open: id })}
          isOver={({ state }) => state === "deactivated"}
        />
      )}
      {isAdmin && address.do === "invite" && (
        <InviteForm onClose={() => change({ do: undefined })} onInvited={showLink} />
      )}
      {opened && (
        <PersonDialog person={opened} onClose={() => change({ open: undefined })} onLink={showLink} />
      )}
      {link && <InvitationLink invited={link} onDone={() => setLink(null)} />}
    </Page>
  );
}

const COLUMNS: Column<TeamMember>[] = perLanguage(() => [
  { header: t("Name"), width: "42%", cell: (person) => <Name person={person} /> },
  { header: t("Role"), cell: PersonRole },
  { header: t("Status"), cell: PersonState },
  {
    header: t("Last sign-in"),
    align: "right",
    cell: (person) => <Moment at={person.last_signed_in_at} none={t("Never")} />,
  },
]);

function Name({ person }: { person: TeamMember }) {
  const isMe = useMe().user.id === person.id;
  return (
    <span className={classes.name}>
      <Initials name={person.name} size={20} />
      <span className={classes.words}>
        <span>
          {person.name}
          {isMe && <span className="soft"> {t("(you)")}</span>}
        </span>
        {person.name !== person.email && <span className={classes.email}>{person.email}</span>}
      </span>
    </span>
  );
}

function InvitationLink({ invited, onDone }: { invited: Invited; onDone: () => void }) {
  const { user, invitation_url, invitation_expires_at, unconfirmed } = invited;
  const isReset = user.state === "active";
  return (
    <OneTimeSecret
      title={
        isReset
          ? t("Password link for {name}", { name: user.name })
          : t("Invitation for {name}", { name: user.name })
      }
      label={isReset ? t("the password link") : t("the invitation link")}
      secret={invitation_url}
      onDone={onDone}
    >
      <p>
        {t(
          "Send this link to {email} yourself: Cadenza does not email it. It works once, until {invitation_expires_at}, and is shown only once. If you lose it, create a new one; the old one stops working.",
          { email: user.email, invitation_expires_at: exactly(invitation_expires_at) },
        )}
      </p>
      {unconfirmed && <p>{unconfirmed}</p>}
    </OneTimeSecret>
  );
}
