import { ci } from "./ci.ts";
import { defineFact, globs } from "./fact.ts";
import { namedDistributions } from "./named-distributions.ts";
import { targetFiles } from "./target-files.ts";
import { workflows } from "./workflows.ts";

/** A load test, or a benchmark that can be run again. */
export interface LoadTest {
  readonly path: string;
  readonly line: number;
  readonly what: string;
}

const isScript = globs(
  "**/*locustfile*.py",
  "**/*.jmx",
  "**/asv.conf.json{,c}",
  "**/{artillery*,*.artillery}.{yml,yaml}",
  "**/{*.k6,k6*,*-k6}.{js,ts}",
  "**/k6/**/*.{js,ts}",
  "**/gatling/**/*.{scala,java,kt,js}",
  "{,*/,*/*/}{benchmarks,benchmark,bench,loadtest,loadtests,load-test,load-tests,load_test,load_tests,perf-tests,perf_tests,stress-tests,stress_tests}/**/*.py",
  "**/{tests,test,t}/**/{perf,performance,load,stress,bench,benchmark,benchmarks}/**/*.py",
  "**/{bench,benchmark,benchmarks,bench_*,benchmark_*,test_bench*,*_benchmark,*_benchmarks,load_test,perf_test}.py",
);
/** Folders in which a project shows others how to write such tests. */
const SHOWN = /(^|\/)(examples?|samples?|demos?|docs?|documentation|templates?)\/|(^|\/)__init__\.py$/i;
const DISTRIBUTION = /^(locust|locustio|molotov|pytest-benchmark|pytest-codspeed|asv|airspeed-velocity|pyperf)$/;
const ACTION =
  /^(codspeedhq\/action|benchmark-action\/github-action-benchmark|grafana\/(setup-|run-)?k6-action|artilleryio\/action-cli)@/i;
const COMMAND =
  /(?:^|[\s;&|])(k6 run|locust -|vegeta attack|wrk2? -|hey -|ab -[nc]|artillery run|asv (?:run|continuous)|pyperf |hyperfine |jmeter -|bombardier -|oha -)/m;
const JOB = /(^|[^a-z])(load[-_ ]?tests?|perf(ormance)?|bench(mark(s|ing)?)?|stress[-_ ]?tests?)([^a-z]|$)/i;

/** Load tests and benchmarks, wherever they show: scripts, tools, actions, commands, names of jobs. */
export const loadTests = defineFact({
  spans: "repository",
  uses: { namedDistributions, workflows, targetFiles, ci },
  combine: ({ tree, uses }): readonly LoadTest[] => {
    const scripts = tree.paths.filter((path) => isScript(path) && tree.isFirstParty(path) && !SHOWN.test(path));
    const tools = [...uses.namedDistributions.places].filter(([name]) => DISTRIBUTION.test(name));
    const steps = uses.workflows.files.flatMap(({ path, jobs }) =>
      jobs.flatMap((job) => job.steps.map((step) => ({ path, ...step }))),
    );
    const runs = [
      ...steps.flatMap(({ path, run }) => (run ? [{ path, text: run.text ?? "", lineAt: run.lineAt.bind(run) }] : [])),
      ...[...uses.targetFiles.files].flatMap(([path, { targets }]) =>
        [...targets.values()].flat().map(({ text, lineAt }) => ({ path, text, lineAt })),
      ),
    ];
    return [
      ...scripts.map((path) => ({ path, line: 1, what: "a script" })),
      ...steps.flatMap(({ path, uses: action }) =>
        action && ACTION.test(action.text) ? [{ path, line: action.line, what: "an action" }] : [],
      ),
      ...runs.flatMap(({ path, text, lineAt }) => {
        const match = COMMAND.exec(text);
        return match ? [{ path, line: lineAt(match.index + match[0].length - 1), what: "a command" }] : [];
      }),
      ...uses.ci.jobs
        .filter(({ name }) => JOB.test(name))
        .map(({ path, line, name }) => ({ path, line, what: `the job ${name}` })),
      ...tools.map(([name, { path, line }]) => ({ path, line, what: name })),
    ];
  },
});
