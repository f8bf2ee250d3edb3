import type { UnreadFile } from "./fact.ts";
import { readConfiguration } from "./source/configuration.ts";
import { isForDevelopers } from "./source/purpose.ts";
import { defineSourceFact } from "./source/source-fact.ts";

/** A setting that the environment gives, and where it is read first. */
export interface ConfiguredVariable {
  /** The names that it goes by: any one will do. */
  readonly names: readonly string[];
  readonly path: string;
  readonly line: number;
  /** True where the source says what it is for. */
  readonly isDescribed: boolean;
}

export interface SourceConfiguration {
  readonly variables: readonly ConfiguredVariable[];
  /** A look-up whose name is computed. */
  readonly computed: { readonly path: string; readonly line: number } | undefined;
  /** Variables that code which describes infrastructure gives to what it starts. */
  readonly given: ReadonlySet<string>;
  readonly unread: readonly UnreadFile[];
  /** Sources that were read. */
  readonly read: number;
}

/** What the system or the platform sets, or what tunes a library: nobody configures the service by it. */
const OF_PLATFORM =
  /^(PORT|HOST|HOME|PATH|PWD|USER|USERNAME|LOGNAME|SHELL|TERM|TZ|LANG|LANGUAGE|LC_\w+|TMP|TEMP|TMPDIR|EDITOR|VISUAL|PAGER|DISPLAY|COLUMNS|LINES|HOSTNAME|COMPUTERNAME|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES\w*|SYSTEMROOT|WINDIR|USERPROFILE|COMSPEC|CI|DYNO|VIRTUAL_ENV|CONDA_\w+|PYTHON\w*|PIP_\w+|PYTEST_\w+|TOX_\w+|COVERAGE_\w+|XDG_\w+|SSH_\w+|SUDO_\w+|DBUS_\w+|NOTIFY_SOCKET|LISTEN_FDS|LISTEN_PID|INVOCATION_ID|JOURNAL_STREAM|AWS_\w+|ECS_\w+|_HANDLER|LAMBDA_\w+|GOOGLE_(APPLICATION_CREDENTIALS|CLOUD_PROJECT)|GCP_PROJECT|GCLOUD_PROJECT|GAE_\w+|K_(SERVICE|REVISION|CONFIGURATION)|FUNCTION_\w+|FUNCTIONS_\w+|WEBSITE_\w+|WEBSITES_\w+|AZURE_\w+|IDENTITY_\w+|MSI_\w+|HEROKU_\w+|RENDER(_\w+)?|RAILWAY_\w+|FLY_\w+|VERCEL(_\w+)?|VCAP_\w+|CF_INSTANCE_\w+|KUBERNETES_\w+|POD_\w+|NODE_NAME|GITHUB_\w+|GITLAB_\w+|CI_\w+|TRAVIS\w*|CIRCLE\w*|JENKINS_\w+|BUILDKITE\w*|READTHEDOCS\w*|DJANGO_SETTINGS_MODULE|DJANGO_SUPERUSER_\w+|DJANGO_AUTORELOAD_ENV|RUN_MAIN|WERKZEUG_\w+|FLASK_(APP|ENV|DEBUG|RUN_\w+)|UVICORN_\w+|GUNICORN_\w+|WEB_CONCURRENCY|SERVER_SOFTWARE|UWSGI_\w+|OTEL_\w+|SENTRY_(DSN|RELEASE|ENVIRONMENT)|NEW_RELIC_\w+|DD_\w+|PROMETHEUS_MULTIPROC_DIR|prometheus_multiproc_dir|HTTPS?_PROXY|https?_proxy|ALL_PROXY|NO_PROXY|no_proxy|NO_COLOR|FORCE_COLOR|CLICOLOR\w*|COLORTERM|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|SOURCE_DATE_EPOCH|CUDA_\w+|NVIDIA_\w+|OMP_\w+|MKL_\w+|OPENBLAS_\w+|NCCL_\w+|TF_\w+|TOKENIZERS_PARALLELISM|HF_\w+|TRANSFORMERS_\w+|TORCH_\w+|PYTORCH_\w+|RANK|LOCAL_RANK|WORLD_SIZE|MASTER_(ADDR|PORT)|SLURM_\w+|REQUEST_METHOD|SCRIPT_NAME|PATH_INFO|QUERY_STRING|GATEWAY_INTERFACE|INSTANCE_ID|DEBUGPY_\w+|CDK_\w+|GPG_\w+|PATHEXT|TEST(ING)?_\w+|TESTING|PYCHARM_\w+|VSCODE_\w+|JPY_\w+|DOCKER_HOST|COMPOSE_\w+)$/;

/** The variables of the environment that the service reads. */
export const sourceConfiguration = defineSourceFact({
  extract: readConfiguration,
  combine: ({ files, unread }): SourceConfiguration => {
    const own = files.filter(({ path }) => !isForDevelopers(path));
    const variables = own.flatMap(({ path, parsed: { reads, fields } }): readonly ConfiguredVariable[] => [
      ...reads.map(({ name, line }) => ({ names: [name.toUpperCase()], path, line, isDescribed: false })),
      ...fields.map((field) => ({ path, ...field })),
    ]);
    const ours = variables.filter(({ names }) => names.length > 0 && !names.some((name) => OF_PLATFORM.test(name)));
    const byName = Map.groupBy(ours, ({ names }) => names[0]);
    const hidden = own.find(({ parsed }) => parsed.computed !== undefined);
    return {
      variables: [...byName.values()].flatMap(
        (places) => places.find(({ isDescribed }) => isDescribed) ?? places[0] ?? [],
      ),
      computed: hidden && { path: hidden.path, line: hidden.parsed.computed ?? 1 },
      given: new Set(files.flatMap(({ parsed }) => parsed.given)),
      unread,
      read: files.length,
    };
  },
});
