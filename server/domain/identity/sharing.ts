// Who may see, change and manage something that belongs to one person and can be shared: a sequence, a mailbox.
//
// The strongest right counts, wherever it comes from: being the owner or an admin, being everyone, or a share with
// the person, one of their groups, or the whole team. Easy to get wrong: `accessType` belongs to the visibility
// "everyone". On something restricted it says nothing, even where an old value still stands there.

const ACCESS_TYPES = ["can_view", "can_edit", "full_access"] as const;
export type AccessType = (typeof ACCESS_TYPES)[number];

export type Share = {
  granteeType: "user" | "team" | "subteam";
  granteeId: string;
  accessType: AccessType;
};

export type Shared = {
  ownerId: string | null;
  visibility: "restricted" | "everyone";
  /** What everyone may do; null says no more than that they see it. */
  accessType: AccessType | null;
  shares: readonly Share[];
};

type Viewer = {
  userId: string;
  teamId: string;
  isAdmin: boolean;
  subteamIds: readonly string[];
};

/** The most this person may do, or null where it is hidden from them. */
export function accessOf(shared: Shared, viewer: Viewer): AccessType | null {
  if (viewer.isAdmin || (shared.ownerId !== null && shared.ownerId === viewer.userId)) return "full_access";
  const rights = shared.shares.filter((share) => isWith(share, viewer)).map((share) => share.accessType);
  if (shared.visibility === "everyone") rights.push(shared.accessType ?? "can_view");
  return strongest(rights);
}

export function mayView(shared: Shared, viewer: Viewer) {
  return reaches(shared, viewer, "can_view");
}

/** Its content: steps, settings, who is in it. */
export function mayEdit(shared: Shared, viewer: Viewer) {
  return reaches(shared, viewer, "can_edit");
}

/** The thing itself: give it away, share it, archive or delete it. */
export function mayManage(shared: Shared, viewer: Viewer) {
  return reaches(shared, viewer, "full_access");
}

function reaches(shared: Shared, viewer: Viewer, needed: AccessType) {
  return strength(accessOf(shared, viewer)) >= strength(needed);
}

function isWith({ granteeType, granteeId }: Share, viewer: Viewer) {
  switch (granteeType) {
    case "user":
      return granteeId === viewer.userId;
    case "team":
      return granteeId === viewer.teamId;
    case "subteam":
      return viewer.subteamIds.includes(granteeId);
  }
}

function strongest(rights: readonly AccessType[]): AccessType | null {
  return rights.reduce<AccessType | null>(
    (best, right) => (strength(right) > strength(best) ? right : best),
    null,
  );
}

function strength(right: AccessType | null) {
  return right === null ? -1 : ACCESS_TYPES.indexOf(right);
}
