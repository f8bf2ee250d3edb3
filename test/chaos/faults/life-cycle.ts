import type { Repository } from "../../sandbox/state.ts";
import { type Chaos, type Fault, nothing } from "./fault.ts";
import { someRepository } from "./limits.ts";

/** What owners do with the App and with repositories, in the midst of reviews. */
export const lifeCycleFaults: readonly Fault[] = [
  during("suspended", [27], ({ sandbox }, repository) => {
    const suspended = sandbox.suspend(repository);
    return { done: suspended, undo: () => sandbox.unsuspend(repository) };
  }),
  during("uninstalled-and-installed-again", [28], ({ sandbox, people }, repository) => ({
    done: sandbox.uninstall(repository),
    undo: async () => {
      const all = people.projects.map((project) => project.repository);
      const lost = all.filter(({ owner, installationId }) => owner === repository.owner && installationId === null);
      people.beginAnew(lost);
      await sandbox.install(lost);
    },
  })),
  during("deselected-and-selected-again", [30], ({ sandbox, people }, repository) => {
    const installation = repository.installationId as number;
    return {
      done: sandbox.deselect(repository),
      undo: async () => {
        people.beginAnew([repository]);
        await sandbox.select(repository, installation);
      },
    };
  }),
  during("renamed", [29], ({ sandbox }, repository) => ({
    done: sandbox.rename(repository, `${repository.name}-new`),
  })),
  during("archived-and-unarchived", [29], ({ sandbox, people }, repository) => ({
    done: sandbox.archive(repository),
    undo: () => {
      people.awaitNoAnswer(repository);
      return sandbox.unarchive(repository);
    },
  })),
  during("made-private", [29], ({ sandbox }, repository) => ({ done: sandbox.setPrivate(repository, true) })),
  during("repository-deleted", [29], ({ sandbox }, repository) => ({ done: sandbox.deleteRepository(repository) })),
];

interface Doing {
  readonly done: Promise<unknown>;
  readonly undo?: () => Promise<unknown>;
}

/** Happens at the moment at which a review of that repository asks for something. */
function during(name: string, proves: readonly number[], act: (chaos: Chaos, repository: Repository) => Doing): Fault {
  return {
    name,
    proves,
    begin(chaos, met) {
      const { installationId, id } = someRepository(chaos);
      if (installationId === null) return nothing;
      let undo: Doing["undo"];
      const stop = chaos.sandbox.on(
        { installationId, after: chaos.random.between(0, 6), times: 1 },
        "before",
        ({ repositoryId }) => {
          const hit = chaos.people.projects.find(
            ({ repository }) => repository.id === (repositoryId ?? id),
          )?.repository;
          if (!hit || hit.installationId === null) return;
          met();
          const doing = act(chaos, hit);
          undo = doing.undo;
          chaos.people.do(doing.done);
        },
      );
      return async () => {
        stop();
        if (undo) chaos.people.do(undo());
      };
    },
  };
}
