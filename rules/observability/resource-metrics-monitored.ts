import { cannotJudge, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

/** A client library reports its own process; nothing reports the machine, the pools and the queues. */
const PROCESS_ONLY = 0.5;

export default defineRule({
  title: "Processor, memory, connections and queues are watched",
  severity: "low",
  why: "A full queue, pool or memory brings a service down without one error in its own code, and shows hours before.",
  fix: "Run an exporter for each thing that can fill up (node, postgres, redis, celery), or the agent of your monitoring, and declare it with the deployment.",
  byHand: "which system collects the numbers is for people to say",
  references: ["https://sre.google/sre-book/monitoring-distributed-systems/"],
  peers: ["SRE PRR monitoring"],
  appliesTo: ["web-service", "worker", "data-pipeline", "ml"],
  scope: "repository",
  needs: ["resourceMetrics", "operation"],
  check({
    resourceMetrics: { libraries, signs, missed, unread },
    operation: { notOperated, on, unread: unreadImages },
  }) {
    if (notOperated) return skip(notOperated);
    const watch = signs.find(({ kind }) => kind === "resources");
    if (watch) return pass([{ ...watch, found: `Resources are watched by ${watch.name}.` }]);
    const library = libraries.find(({ reports }) => reports === "resources" || reports === "queues");
    if (library) return pass([{ ...library, found: `${library.name} reports ${library.reports}.` }]);
    if (on === "platform") return skip("the platform watches the machines");
    const hidden = unreadImages[0];
    if (hidden) cannotJudge(`${hidden.path} could not be read: ${hidden.reason}`);
    if (on === "unknown") return skip("nothing here says how it is run");
    const own = libraries.find(({ reports }) => reports === "process");
    if (missed) cannotJudge(missed);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (own)
      return partial(PROCESS_ONLY, [
        {
          ...own,
          found: `${own.name} reports its own process; nothing reports the machine, the pools and the queues.`,
        },
      ]);
    return fail([{ found: "Nothing in the repository reports the use of processor, memory, connections or queues." }]);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      Dockerfile: 'FROM python:3.14-slim\nCMD ["gunicorn", "shop.wsgi"]\n',
      "k8s/scale.yaml": "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: shop }\n",
      "requirements.txt": "django\ngunicorn\n",
      "shop/wsgi.py": "",
    },
    fails: {
      Dockerfile: 'FROM python:3.14-slim\nCMD ["gunicorn", "shop.wsgi"]\n',
      "requirements.txt": "django\ngunicorn\n",
      "shop/wsgi.py": "",
    },
  },
});
