// A unique name that another transaction took in the very moment it was asked for.

const UNIQUE_VIOLATION = "23505";

/** False where a unique index refused the change: the transaction is over then, and can only end in a refusal. */
export async function unlessDuplicate(change: Promise<unknown>) {
  try {
    await change;
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === UNIQUE_VIOLATION) return false;
    throw error;
  }
}
