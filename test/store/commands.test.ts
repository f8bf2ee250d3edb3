import { expect, test } from "@jest/globals";
import { useStore } from "../support/store.ts";

const store = useStore("commands");
const here = { installationId: 4, repositoryId: 40 };
const command = { number: 5, commentId: 50, login: "ada" };

test("a command is noted once, waits, and is done", async () => {
  const { records } = store;
  expect(await records.commandState(here, 50)).toBeUndefined();
  expect([
    await records.noteCommand(here, command, "waiting"),
    await records.noteCommand(here, command, "refused"),
  ]).toEqual([true, false]);
  expect(await records.waitingCommands(here, 5)).toEqual([50]);
  await records.finishCommand(here, 50);
  expect(await records.waitingCommands(here, 5)).toEqual([]);
  expect(await records.commandState(here, 50)).toBe("done");
});

test("commands of the last hour are counted by person, pull request and repository, this one left out", async () => {
  const { records, database } = store;
  await records.noteCommand(here, command, "done");
  await records.noteCommand(here, { ...command, commentId: 51 }, "refused");
  await records.noteCommand(here, { number: 6, commentId: 52, login: "ada" }, "accepted");
  await records.noteCommand(here, { number: 5, commentId: 53, login: "grace" }, "done");
  await records.noteCommand(here, { number: 7, commentId: 54, login: "grace" }, "done");
  await records.noteCommand({ ...here, repositoryId: 41 }, { ...command, commentId: 55 }, "done");
  await records.noteCommand(here, { ...command, commentId: 56 }, "done");
  await database.query("update pyready.commands set created_at = now() - interval '2 hours' where comment_id = 56");
  const counted = await records.recentCommands(here, { ...command, commentId: 57 });
  expect(counted).toEqual({ own: 1, ofPerson: 2, onPull: 2, inRepository: 4 });
  expect(await records.recentCommands(here, command)).toMatchObject({ own: 0, ofPerson: 1 });
});

test("of commands that are refused at a time one alone is the first", async () => {
  const { records } = store;
  const given = [61, 62, 63].map((commentId) => ({ number: 6, commentId, login: "stranger" }));
  await Promise.all(given.map((one) => records.noteCommand(here, one, "refused")));
  const firsts = await Promise.all(given.map((one) => records.isFirstRefused(here, one)));
  expect(firsts.filter(Boolean)).toHaveLength(1);
  expect(await records.isFirstRefused(here, { ...command, number: 6, commentId: 61 })).toBe(false);
});

test("a pause is kept as long as it is wanted, whatever else is forgotten", async () => {
  const { records } = store;
  expect(await records.isPaused(here, 8)).toBe(false);
  await records.setPaused(here, 8, true);
  await records.rememberComment(here, 8, { commentId: 9, hash: "h", deleted: false });
  await records.forgetOld(400);
  expect([await records.isPaused(here, 8), await records.isPaused(here, 9)]).toEqual([true, false]);
  await records.setPaused(here, 8, false);
  expect(await records.isPaused(here, 8)).toBe(false);
});
