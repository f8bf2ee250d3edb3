import { acknowledge, type Reactions } from "../publish/reaction.ts";
import type { Records } from "../store/records.ts";
import type { CommandRequest } from "../webhooks/review-request.ts";
import { type AddWork, reviewWork } from "./requests.ts";

/** Commands that one person may give on one pull request in an hour. */
const PER_HOUR = 6;

export interface CommandPorts extends Reactions {
  readonly records: Pick<Records, "noteCommand" | "recentCommands">;
  readonly add: AddWork;
  permissionOf(login: string): Promise<string>;
}

/**
 * Answers `/recheck`: who may write, and the pull request's author, get a review; others one
 * reaction, once. The permission is asked of GitHub, never read from the delivery.
 */
export async function runCommand(ports: CommandPorts, command: CommandRequest): Promise<void> {
  const { records, add, permissionOf } = ports;
  const { repository, number, commentId, login, isAuthor } = command;
  const as = (state: string) => ({ number, commentId, login, state });
  const given = (state: string) => records.recentCommands(repository, as(state));

  const mayAsk = isAuthor || ["admin", "write", "maintain"].includes(await permissionOf(login));
  const tooMany = (await given("waiting")) + (await given("done")) >= PER_HOUR;
  if (!mayAsk || tooMany) {
    const answeredBefore = (await given("refused")) > 0;
    if ((await records.noteCommand(repository, as("refused"))) && !answeredBefore)
      await acknowledge(ports, commentId, "confused");
    return;
  }
  await acknowledge(ports, commentId, "eyes");
  await records.noteCommand(repository, as("waiting"));
  await add([reviewWork({ repository, subject: { kind: "pull-request", number }, headSha: null, asked: true })]);
}
