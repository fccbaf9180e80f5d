import { toast } from "../../parts/toast.tsx";
import { signOut } from "../../session.ts";

/** Signs out, or says that one still is signed in: whoever walks away from a screen must know. */
export async function leave() {
  try {
    await signOut();
  } catch {
    toast("You are still signed in: Cadenza could not be reached. Try again.");
  }
}
