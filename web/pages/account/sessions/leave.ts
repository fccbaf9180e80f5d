import { t } from "../../../language/t.ts";
import { toast } from "../../../parts/toast.tsx";
import { signOut } from "../../../session.ts";

/** Signs out, or says that the user still is signed in: a user who walks away from a screen must know. */
export async function leave() {
  try {
    await signOut();
  } catch {
    toast(t("You are still signed in because the server could not be reached. Try again."));
  }
}
