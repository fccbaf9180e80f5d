import { Button } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Facts } from "../../../parts/Facts.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { useIsAdmin, useMe } from "../../../session.ts";
import { PersonGoals } from "../../insight/home/PersonGoals.tsx";
import { DeactivateDialog } from "./DeactivateDialog.tsx";
import { type Invited, type TeamMember, useChangePerson, useInvite, useReactivate } from "./queries.ts";
import { PersonRole, PersonState, ROLE_CHOICES, ROLES } from "./words.tsx";

type Props = { person: TeamMember; onClose: () => void; onLink: (invited: Invited) => void };

/** One person: what there is to know, and for an admin what there is to do. */
export function PersonDialog({ person, onClose, onLink }: Props) {
  const isAdmin = useIsAdmin();
  const [isLeaving, setIsLeaving] = useState(false);
  const [showsGoals, setShowsGoals] = useState(false);
  if (isLeaving)
    return <DeactivateDialog person={person} onClose={() => setIsLeaving(false)} onDone={onClose} />;
  if (showsGoals) return <PersonGoals person={person} onClose={() => setShowsGoals(false)} />;
  return (
    <Dialog onClose={onClose} title={person.name}>
      <div className="stack">
        <Facts
          facts={[
            [t("Email"), person.email],
            [t("Title"), person.title ?? "–"],
            [t("Status"), <PersonState key="state" state={person.state} />],
            [t("Joined"), <Moment key="since" at={person.created_at} />],
            [t("Last sign-in"), <Moment key="last" at={person.last_signed_in_at} none={t("Never")} />],
            ...(isAdmin ? [] : [[t("Role"), <PersonRole key="role" role={person.role} />] as const]),
          ]}
        />
        {isAdmin && person.state !== "deactivated" && <RoleChoice person={person} />}
        {isAdmin && person.state !== "deactivated" && (
          <div>
            <Button variant="default" size="compact-sm" onClick={() => setShowsGoals(true)}>
              {t("Goals …")}
            </Button>
          </div>
        )}
        {isAdmin && <Verbs person={person} onLink={onLink} onDeactivate={() => setIsLeaving(true)} />}
      </div>
    </Dialog>
  );
}

function RoleChoice({ person }: { person: TeamMember }) {
  const isMe = useMe().user.id === person.id;
  const change = useChangePerson();
  const set = (role: TeamMember["role"]) =>
    change.mutate(
      { id: person.id, role },
      {
        onSuccess: () =>
          toast(
            role === "admin"
              ? t("{name} is now an admin.", { name: person.name })
              : t("{name} is now a member.", { name: person.name }),
            {
              // Admins who have just made themselves members may not undo it.
              ...(!isMe && { undo: () => change.mutateAsync({ id: person.id, role: person.role }) }),
            },
          ),
      },
    );
  return (
    <div>
      <Segmented
        fullWidth
        aria-label={t("Role")}
        data={ROLE_CHOICES}
        value={person.role}
        disabled={change.isPending}
        onChange={(role) => set(role as TeamMember["role"])}
      />
      <p className="soft small" style={{ marginTop: 4 }}>
        {ROLES[person.role].may}
      </p>
      <Trouble error={change.error} doing="writing" />
    </div>
  );
}

type VerbsProps = { person: TeamMember; onLink: Props["onLink"]; onDeactivate: () => void };

function Verbs({ person, onLink, onDeactivate }: VerbsProps) {
  const isMe = useMe().user.id === person.id;
  const invite = useInvite();
  const reactivate = useReactivate();
  const { email, role, state } = person;
  const makeLink = () => invite.mutate({ email, role, reset: state === "active" }, { onSuccess: onLink });
  const takeBackIn = () =>
    reactivate.mutate(person.id, {
      onSuccess: () => toast(t("{name} can sign in again.", { name: person.name })),
    });
  if (state === "deactivated")
    return (
      <>
        <Trouble error={reactivate.error} doing="writing" />
        <div className="row end">
          <Button loading={reactivate.isPending} onClick={takeBackIn}>
            {t("Reactivate")}
          </Button>
        </div>
      </>
    );
  return (
    <>
      <Trouble error={invite.error} doing="writing" />
      <div className="row end">
        {!isMe && (
          <Button variant="default" onClick={onDeactivate} mr="auto">
            {t("Deactivate …")}
          </Button>
        )}
        <Button variant="default" loading={invite.isPending} onClick={makeLink}>
          {state === "invited" ? t("New invitation link") : t("Create password link")}
        </Button>
      </div>
    </>
  );
}
