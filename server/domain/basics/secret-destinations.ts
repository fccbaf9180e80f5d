// Where a stored secret may go: to the servers that it was given for, and to no other. Who may change an address but does
// not know the secret could otherwise have it sent to a server of their own.

type Addresses = readonly (string | null | undefined)[];

/** Whether one of the addresses is on a server that none of those before is on. One that cannot be read is on no server. */
export function reachesAnotherServer(before: Addresses, after: Addresses) {
  const known = new Set(before.map(originOf));
  return after.some((address) => Boolean(address) && !known.has(originOf(address)));
}

function originOf(address: string | null | undefined) {
  return (address && URL.parse(address)?.origin) || null;
}
