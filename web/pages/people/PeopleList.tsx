import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useAddress } from "../../parts/address.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Initials } from "../../parts/Initials.tsx";
import { Moment } from "../../parts/Moment.tsx";
import { OneTimeSecret } from "../../parts/OneTimeSecret.tsx";
import { Page } from "../../parts/Page.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { exactly } from "../../parts/when.ts";
import { useIsAdmin, useMe } from "../../session.ts";
import { InviteForm } from "./InviteForm.tsx";
import classes from "./PeopleList.module.css";
import { PersonDialog } from "./PersonDialog.tsx";
import { type Invited, type Person, usePeople } from "./queries.ts";
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
      title="People"
      state={people.data && countPeople(people.data)}
      action={
        isAdmin && (
          <Button leftSection={<IconPlus size="0.875rem" />} onClick={() => change({ do: "invite" })}>
            Invite a person
          </Button>
        )
      }
    >
      {people.error ? (
        <Trouble error={people.error} onRetry={() => void people.refetch()} />
      ) : (
        <DataTable
          label="People"
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

const COLUMNS: Column<Person>[] = [
  { header: "Name", width: "42%", cell: (person) => <Name person={person} /> },
  { header: "Role", cell: PersonRole },
  { header: "State", cell: PersonState },
  {
    header: "Last here",
    align: "right",
    cell: (person) => <Moment at={person.last_signed_in_at} none="Never" />,
  },
];

function Name({ person }: { person: Person }) {
  const isMe = useMe().user.id === person.id;
  return (
    <span className={classes.name}>
      <Initials name={person.name} size={20} />
      <span className={classes.words}>
        <span>
          {person.name}
          {isMe && <span className="soft"> (you)</span>}
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
      title={isReset ? `A password link for ${user.name}` : `An invitation for ${user.name}`}
      label={isReset ? "the password link" : "the invitation link"}
      secret={invitation_url}
      onDone={onDone}
    >
      <p>
        Send this link to {user.email} yourself, by a way you trust: Cadenza mails nobody about it. It works
        once, until {exactly(invitation_expires_at)}, and is shown this once only. If it is lost, make a new
        one; the old one then ends.
      </p>
      {unconfirmed && <p>{unconfirmed}</p>}
    </OneTimeSecret>
  );
}
