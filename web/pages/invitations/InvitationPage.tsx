import { Refused } from "@cadenza/sdk";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { takeHash } from "../../parts/address.ts";
import { Door } from "../../parts/Door.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { api } from "../../session.ts";
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
      <Door title="Your invitation">
        <Trouble error={check.error} onRetry={() => void check.refetch()} />
      </Door>
    );
  if (!check.data) return <Door title="Your invitation" says="Looking at your link …" />;

  const { invitation } = check.data;
  const title = invitation.reset ? "Choose a new password" : `Join ${invitation.team_name}`;
  const says = invitation.reset
    ? "Everywhere you are signed in, you will be signed out, and no app acts for you any more."
    : "Your team runs its sequences with Cadenza.";
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
      title="Open your link once more"
      says="Open it whole, with everything after the #; that part leaves the address bar at once, so that nobody reads it there."
    >
      <p>
        If you have joined already, <Link to="/sign-in">sign in</Link>.
      </p>
    </Door>
  );
}

function NotOpen() {
  return (
    <Door
      title="This link is not open"
      says="It may have been used, replaced by a newer one, or have expired."
    >
      <div className="stack">
        <p>Ask an admin of your team for a new link. Nothing of yours is lost.</p>
        <p>
          If you have joined already, <Link to="/sign-in">sign in</Link>.
        </p>
      </div>
    </Door>
  );
}
