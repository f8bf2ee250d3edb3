import { type Delivery, deliveryOf, type Postman } from "../postman.ts";
import { installationOf, type Representations, repositoryOf, userOf } from "../representations.ts";
import type { Installation, Repository, State, User } from "../state.ts";

/** What everybody's doings work on. */
export interface World {
  readonly state: State;
  readonly postman: Postman;
  readonly app: { readonly id: number; readonly slug: string };
  readonly bot: User;
  context(): Representations;
}

/** Who does what nobody in particular does. */
const SOMEBODY = "octavia";

/** Tells the App of something in a repository, if it is installed there; resolves with how it was delivered. */
export async function tell(
  { state, postman, context }: World,
  repository: Repository,
  event: string,
  payload: object,
  sender = SOMEBODY,
): Promise<Delivery> {
  const { installationId } = repository;
  const delivery = deliveryOf(event, {
    ...payload,
    repository: repositoryOf(context(), repository),
    sender: userOf(context(), state.user(sender)),
    installation: { id: installationId },
  });
  const isHeard = installationId !== null && !state.installations.get(installationId)?.suspended;
  if (isHeard) await postman.post(delivery);
  state.changed();
  return delivery;
}

/** Tells the App of an installation of its own. */
export async function tellOfInstallation(
  { state, postman, context }: World,
  installation: Installation,
  event: "installation" | "installation_repositories",
  payload: object,
): Promise<Delivery> {
  const delivery = deliveryOf(event, {
    ...payload,
    installation: installationOf(context(), installation),
    sender: userOf(context(), state.user(SOMEBODY)),
  });
  await postman.post(delivery);
  state.changed();
  return delivery;
}

/** A repository as the events of installations name it. */
export function briefly({ id, owner, name, isPrivate }: Repository) {
  return { id, node_id: `R_${id}`, name, full_name: `${owner.login}/${name}`, private: isPrivate };
}
