import { Refused } from "@cadenza/sdk";
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useAddress } from "../../parts/address.ts";
import { Door } from "../../parts/Door.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { api, signOut, useMe } from "../../session.ts";
import classes from "./AuthorizePage.module.css";
import { type Asked, readAsked } from "./request.ts";

type Authorization = Awaited<ReturnType<typeof api.oauth.check>>["authorization"];

/** An application asks to act for whoever is signed in. */
export function AuthorizePage() {
  const [address] = useAddress();
  const [asked] = useState(() => readAsked(address.asked));
  return asked ? <Considered asked={asked} /> : <Unreadable />;
}

function Considered({ asked }: { asked: Asked }) {
  const check = useQuery({
    queryKey: ["authorization", asked],
    queryFn: () => api.oauth.check(asked),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (check.error instanceof Refused && check.error.status < 429)
    return <Refusal title="This cannot be granted" says={check.error.message} />;
  if (check.error)
    return (
      <Door title="An application asks">
        <Trouble error={check.error} onRetry={() => void check.refetch()} />
      </Door>
    );
  if (!check.data) return <Door title="An application asks" says="Looking at what it asks for …" />;
  const { authorization } = check.data;
  return authorization.refusal ? (
    <AskedWrongly authorization={authorization} />
  ) : (
    <Question asked={asked} authorization={authorization} />
  );
}

function Question({ asked, authorization }: { asked: Asked; authorization: Authorization }) {
  const { application, leads_to, scopes } = authorization;
  const decide = useMutation({
    mutationFn: (decision: "allow" | "deny") => api.oauth.decide({ ...asked, decision }),
    onSuccess: ({ redirect_to }) => location.assign(redirect_to),
  });
  if (decide.isSuccess) return <Decided name={application.name} isAllowed={decide.variables === "allow"} />;
  return (
    <Door
      title={`Let ${application.name} act for you?`}
      says={
        application.added_by_admin
          ? "An admin of your team has added this application."
          : "This application has registered itself and chose that name. Go on only if you have just started it."
      }
    >
      <Scopes scopes={scopes} />
      <dl className={classes.facts}>
        <dt>Your answer goes to</dt>
        <dd>
          <strong>{leads_to}</strong>
        </dd>
        <dt>It would act as</dt>
        <dd>
          <Self />
        </dd>
      </dl>
      <Trouble error={decide.error} doing="writing" />
      <div className="row">
        <Button
          variant="default"
          flex={1}
          onClick={() => decide.mutate("deny")}
          loading={decide.isPending && decide.variables === "deny"}
        >
          Do not let it
        </Button>
        <Button
          flex={1}
          onClick={() => decide.mutate("allow")}
          loading={decide.isPending && decide.variables === "allow"}
        >
          Let it act for me
        </Button>
      </div>
      <p className="soft small">You can end this at any time under Settings, Connected apps.</p>
    </Door>
  );
}

function Scopes({ scopes }: Pick<Authorization, "scopes">) {
  const changing = scopes.filter(({ changes }) => changes);
  const reading = scopes.filter(({ changes }) => !changes);
  return (
    <div className={classes.scopes}>
      <ScopeList title="It may" scopes={changing} />
      <ScopeList title="Without changing anything, it may" scopes={reading} />
    </div>
  );
}

function ScopeList({ title, scopes }: Pick<Authorization, "scopes"> & { title: string }) {
  if (scopes.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2 className={classes.subtitle}>{title}</h2>
      <ul className={classes.list}>
        {scopes.map(({ name, says }) => (
          <li key={name}>{says}</li>
        ))}
      </ul>
    </section>
  );
}

function Self() {
  const { user, team } = useMe();
  return (
    <>
      {user.name}, {user.email}, of {team.name}.{" "}
      <button
        type="button"
        className={classes.link}
        onClick={() => void signOut(location.pathname + location.search)}
      >
        Somebody else?
      </button>
    </>
  );
}

/** Seen only where the answer goes to a program: an address of the web has taken this page's place by now. */
function Decided({ name, isAllowed }: { name: string; isAllowed: boolean }) {
  return (
    <Door
      title={isAllowed ? `${name} may act for you` : `${name} was not let in`}
      says="Go back to it; this page can be closed."
    >
      <p>
        <Link to="/settings/apps">See what acts for you</Link>
      </p>
    </Door>
  );
}

/** Nothing leads away from here by itself, or anybody could have us lead to wherever they like. */
function AskedWrongly({
  authorization: { application, leads_to, refusal },
}: {
  authorization: Authorization;
}) {
  if (!refusal) return null;
  return (
    <Door
      title="This cannot be granted"
      says={`${application.name} cannot be let in, because ${refusal.says}.`}
    >
      <p>Nothing was granted. Whoever makes the application can mend it.</p>
      <div>
        <Button variant="default" onClick={() => location.assign(refusal.redirect_to)}>
          Go back to {leads_to}
        </Button>
      </div>
    </Door>
  );
}

function Unreadable() {
  return (
    <Refusal
      title="This address is not whole"
      says="It should say which application asks, and where your answer is to go, and each of it once."
    />
  );
}

function Refusal({ title, says }: { title: string; says: string }) {
  return (
    <Door title={title} says={says}>
      <p>
        Nothing was granted, and nothing was sent anywhere. Go back to the application, and connect it once
        more.
      </p>
      <p>
        <Link to="/">Go to Home</Link>
      </p>
    </Door>
  );
}
