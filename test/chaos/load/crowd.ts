import type { Carriage } from "../../sandbox/postman.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import { People } from "../people.ts";
import { Random } from "../random.ts";
import type { Prepared } from "./sender.ts";

/** Many installations with pull requests, and the deliveries that tell of them. */
export interface Crowd {
  readonly people: People;
  readonly deliveries: readonly Prepared[];
}

/** How many organisations there are, and what each does. */
export interface CrowdSize {
  readonly tenants: number;
  readonly pullsEach: number;
  readonly pushesEach: number;
}

/**
 * Opens pull requests in a repository of each installation, and pushes to them. Nothing is delivered, and GitHub
 * knows of that or not: what would be is in the answer, in order.
 */
export async function gather(
  sandbox: Sandbox,
  { tenants, pullsEach, pushesEach, commands = 0 }: CrowdSize & { readonly commands?: number },
  fate: Carriage["fate"] = "never sent",
): Promise<Crowd> {
  const people = new People(sandbox, new Random(1), { tenants, projectsEach: 1, heads: pushesEach + 1 });
  const { urls } = sandbox.postman;
  sandbox.setWebhookUrl("http://127.0.0.1:9/");
  const before = sandbox.deliveries.length;
  sandbox.postman.carriage = () => ({ ...(fate && { fate }) });
  await people.begin();
  for (const project of people.projects) {
    for (let n = 0; n < pullsEach; n++) people.open(project, false);
    for (let n = 0; n < pushesEach; n++) {
      for (const pull of project.repository.pulls.values()) people.push(project, pull, true);
    }
  }
  for (const { project, pull } of people.openPulls().slice(0, commands)) people.recheck(project, pull, "grace");
  await people.rest();
  sandbox.postman.carriage = () => ({});
  sandbox.setWebhookUrl(...urls);
  return { people, deliveries: sandbox.deliveries.slice(before).map(({ event, body }) => ({ event, body })) };
}
