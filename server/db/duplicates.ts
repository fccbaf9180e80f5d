// A unique name that another transaction took in the very moment it was asked for.

const UNIQUE_VIOLATION = "23505";

/** Another transaction came first, with a row of the same key. */
export function isDuplicate(error: unknown) {
  return (error as { code?: string } | null)?.code === UNIQUE_VIOLATION;
}

/** False where a unique index refused the change: the transaction is over then, and can only end in a refusal. */
export async function unlessDuplicate(change: Promise<unknown>) {
  try {
    await change;
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}
