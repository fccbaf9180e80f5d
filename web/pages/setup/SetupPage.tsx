import { Refused } from "@cadenza/sdk";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { takeHash } from "../../parts/address.ts";
import { Door } from "../../parts/Door.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { api } from "../../session.ts";
import { OwnerForm } from "./OwnerForm.tsx";

/** The first minute of an installation: whoever holds the link becomes its owner, once. */
export function SetupPage() {
  const [token] = useState(takeHash);
  const check = useQuery({
    queryKey: ["setup", token],
    queryFn: () => api.setup.check({ token }),
    enabled: token !== "",
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (token === "") return <NoToken />;
  if (check.error instanceof Refused && check.error.status < 500) return <NotOpen />;
  if (check.error)
    return (
      <Door title="Set up Cadenza">
        <Trouble error={check.error} onRetry={() => void check.refetch()} />
      </Door>
    );
  if (!check.data) return <Door title="Set up Cadenza" says="Looking at your link …" />;
  return (
    <Door
      title="Set up Cadenza"
      says="You are the first here. This makes you the owner, and the first admin of your team."
    >
      <OwnerForm token={token} />
    </Door>
  );
}

/** Also after a reload, because the token leaves the address as soon as it is read. */
function NoToken() {
  return (
    <Door
      title="Open the set-up link once more"
      says="Cadenza prints it where it is started. Open it whole, with everything after the #; that part leaves the address bar at once, so that nobody reads it there."
    >
      <p>
        If your team is set up already, <Link to="/sign-in">sign in</Link>.
      </p>
    </Door>
  );
}

function NotOpen() {
  return (
    <Door title="This set-up link is not open" says="It has been used already, or is not the newest one.">
      <div className="stack">
        <p>
          If your team is set up, <Link to="/sign-in">sign in</Link>, or ask an admin of it to invite you.
        </p>
        <p>If nobody is here yet, start Cadenza again: it prints a new link, which works once.</p>
      </div>
    </Door>
  );
}
