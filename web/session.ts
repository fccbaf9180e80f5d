// Who is signed in, and the one client through which everything is asked. The session itself travels in
// a cookie that no script can read, so we ask the server; a mark in the browser's storage says whether it
// is likely to say yes, which spares everybody else a refusal in their console.

import { createClient, Refused } from "@cadenza/sdk";
import {
  MutationCache,
  QueryCache,
  QueryClient,
  queryOptions,
  useSuspenseQuery,
} from "@tanstack/react-query";
import { inOurLanguage } from "./language/asked-language.ts";
import { followProfile } from "./language/languages.ts";
import { onLanguageChange } from "./language/t.ts";
import { followSandbox } from "./parts/current-time.ts";
import { forgetKept } from "./parts/kept-storage.ts";
import { endPush } from "./worker/push.ts";

// The queries below repeat a failed read; no write is repeated without a person.
export const api = createClient({ baseUrl: location.origin, retries: 0, headers: inOurLanguage });

export type Language = NonNullable<SignedIn["user"]["language"]>;
export type SignedIn = Awaited<ReturnType<typeof api.sessions.current>>;

const MARK = "cadenza-signed-in";

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: findSession,
  staleTime: Number.POSITIVE_INFINITY,
  // Without a network it fails at once, and the page can say so; as other reads do it, it would wait without a word.
  networkMode: "always",
  retry: (failures, error) => navigator.onLine && shouldRetry(failures, error),
});

/** Null at the door. Inside, a session that has ended is an error like anywhere else, and leads out. */
async function findSession(): Promise<SignedIn | null> {
  const isInside = Boolean(queries.getQueryData(["session"]));
  try {
    if (!isInside && !readMark() && !(await api.auth.health()).is_logged_in) return null;
    const session = await api.sessions.current();
    if (session.sandbox) followSandbox(session.sandbox);
    writeMark(true);
    await followProfile(session.user.language);
    return session;
  } catch (error) {
    if (isInside || !isSignedOut(error)) throw error;
    writeMark(false);
    return null;
  }
}

/** The person behind every page inside the frame; the frame only lets signed-in people in. */
export function useMe(): SignedIn {
  const { data } = useSuspenseQuery(sessionQuery);
  if (!data) throw new Error("A page inside the frame was shown to nobody.");
  return data;
}

export function useIsAdmin() {
  return useMe().user.role === "admin";
}

/** After set-up, joining and signing in alike. */
export function enter(session: SignedIn) {
  if (session.sandbox) followSandbox(session.sandbox);
  writeMark(true);
  void followProfile(session.user.language);
  queries.setQueryData(sessionQuery.queryKey, session);
}

/** `to`: the page after the next sign-in. */
export async function signOut(to?: string) {
  await api.sessions.end();
  // The next user of this browser must not be told of this one's replies.
  await endPush().catch(() => {});
  writeMark(false);
  forgetKept();
  // A whole new page, so that nothing of this person's stays in memory.
  location.assign(to === undefined ? "/sign-in" : `/sign-in?to=${encodeURIComponent(to)}`);
}

/** No cookie any more is answered as a missing key, a cookie that has ended as not signed in. */
function isSignedOut(error: unknown) {
  return error instanceof Refused && (error.code === "not_signed_in" || error.code === "api_key_required");
}

let isLeaving = false;

function leaveIfSignedOut(error: unknown) {
  if (isLeaving || !isSignedOut(error)) return;
  isLeaving = true; // ten queries may learn it at once; one of them leaves
  writeMark(false);
  const here = location.pathname + location.search;
  location.assign(`/sign-in?to=${encodeURIComponent(here)}&why=ended`);
}

export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: leaveIfSignedOut }),
  mutationCache: new MutationCache({ onError: leaveIfSignedOut }),
  defaultOptions: {
    queries: { staleTime: 15_000, retry: shouldRetry },
    // Nothing is written twice without a person asking for it.
    mutations: { retry: false, networkMode: "always" },
  },
});

// What the server has said so far is in the language from before.
onLanguageChange(
  () => void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" }),
);

function shouldRetry(failures: number, error: unknown) {
  const isRefusal = error instanceof Refused && error.status < 500;
  return !isRefusal && failures < 2;
}

function readMark() {
  try {
    return localStorage.getItem(MARK) !== null;
  } catch {
    return false; // storage may be forbidden; then we simply ask
  }
}

function writeMark(isSignedIn: boolean) {
  try {
    if (isSignedIn) localStorage.setItem(MARK, "1");
    else localStorage.removeItem(MARK);
  } catch {}
}
