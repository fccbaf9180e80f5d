import { Refused } from "@cadenza/sdk";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Trans } from "../../../language/Trans.tsx";
import { t } from "../../../language/t.ts";
import { takeHash } from "../../../parts/address.ts";
import { Door } from "../../../parts/Door.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { api } from "../../../session.ts";
import { JoinForm } from "./JoinForm.tsx";

/** By a one-time link: joining a team, or choosing a new password. */
export function InvitationPage() {
  const [token] = useState(takeHash);
  const check = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => api.invitations.check({ token }),
    enabled: token !== "",
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (token === "") return <NoToken />;
  if (check.error instanceof Refused && check.error.status < 500) return <NotOpen />;
  if (check.error)
    return (
      <Door title={t("Your invitation")}>
        <Trouble error={check.error} onRetry={() => void check.refetch()} />
      </Door>
    );
  if (!check.data) return <Door title={t("Your invitation")} says={t("Checking your link …")} />;

  const { invitation } = check.data;
  const title = invitation.reset
    ? t("Choose a new password")
    : t("Join {team_name}", { team_name: invitation.team_name });
  const says = invitation.reset
    ? t("You will be signed out everywhere, and all connected apps will be disconnected.")
    : t("Your team uses Cadenza for its sales sequences.");
  return (
    <Door title={title} says={says}>
      <JoinForm token={token} invitation={invitation} />
    </Door>
  );
}

/** Also after a reload, because the token leaves the address as soon as it is read. */
function NoToken() {
  return (
    <Door
      title={t("Open your link again")}
      says={t("Open the complete link, including the part after the #.")}
    >
      <p>
        <Trans text="If you already joined, <link>sign in</link>." tags={{ link: <Link to="/sign-in" /> }} />
      </p>
    </Door>
  );
}

function NotOpen() {
  return (
    <Door
      title={t("This link is no longer valid")}
      says={t("It was used, replaced by a newer link, or has expired.")}
    >
      <div className="stack">
        <p>{t("Ask an admin of your team for a new link. Your data is safe.")}</p>
        <p>
          <Trans
            text="If you already joined, <link>sign in</link>."
            tags={{ link: <Link to="/sign-in" /> }}
          />
        </p>
      </div>
    </Door>
  );
}
