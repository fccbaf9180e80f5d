/** Where to go after signing in: a path of our own, never another host that a crafted link names. */
export function safeReturn(to: string | undefined): string {
  if (!to?.startsWith("/") || /^\/[/\\]/.test(to) || /\p{Cc}/u.test(to)) return "/";
  return to;
}
