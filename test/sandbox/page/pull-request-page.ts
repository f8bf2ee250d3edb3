import type { CheckAction, CheckAnnotation, CheckRun, Comment, PullRequest, Repository } from "../state.ts";
import { escapeHtml, renderMarkdown } from "./markdown.ts";
import { STYLE } from "./style.ts";

const REACTIONS: Readonly<Record<string, string>> = { eyes: "👀", rocket: "🚀", confused: "😕", "+1": "👍" };
const CONCLUSIONS: Readonly<Record<string, readonly [mark: string, words: string]>> = {
  success: ["✓", "Successful"],
  failure: ["✗", "Failing"],
  neutral: ["○", "Neutral"],
  action_required: ["!", "Action required"],
  cancelled: ["○", "Cancelled"],
};

/** A pull request as the team would see it: conversation, checks, and a box to comment in. */
export function pullRequestPage(repository: Repository, pull: PullRequest, viewer: string): string {
  const runs = repository.checkRuns.filter(({ headSha }) => headSha === pull.headSha);
  const comments = repository.comments.filter(({ number }) => number === pull.number);
  const name = `${escapeHtml(repository.owner.login)}/${escapeHtml(repository.name)}`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(pull.title)} · ${name}</title><style>${STYLE}</style></head><body>
<header><b>${name}</b><span>a GitHub on this machine</span></header>
<main>
<h1>${escapeHtml(pull.title)} <small>#${pull.number}</small></h1>
<p class="meta"><span class="state ${pull.state}">${pull.draft ? "Draft" : pull.state === "open" ? "Open" : "Closed"}</span>
<b>${escapeHtml(pull.author.login)}</b> wants to merge <code>${escapeHtml(pull.headRef)}</code> into <code>${escapeHtml(pull.baseRef)}</code></p>
<section id="live">${conversation(comments)}${checks(runs)}</section>
<form method="post" class="box"><label for="body">Comment as <b>${escapeHtml(viewer)}</b></label>
<textarea id="body" name="body" rows="3" placeholder="/recheck runs the review again, /pyready help tells what else there is"></textarea><button>Comment</button></form>
<section>${changedFiles(repository, pull)}</section>
</main>
<script>
let shown = Promise.resolve();
const show = async () => {
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  document.getElementById("live").replaceWith(page.getElementById("live"));
};
new EventSource(location.pathname + "/events").onmessage = () => { shown = shown.then(show, show); };
</script></body></html>`;
}

function conversation(comments: readonly Comment[]): string {
  return comments
    .map(({ author, body, reactions, edits }) => {
      const bot = author.type === "Bot" ? ' <span class="label">bot</span>' : "";
      const edited = edits > 0 ? " · edited" : "";
      const shown = reactions
        .map(({ content }) => `<span class="reaction">${REACTIONS[content] ?? escapeHtml(content)}</span>`)
        .join("");
      return `<article class="box comment"><h2>${escapeHtml(author.login)}${bot}<small>commented${edited}</small></h2>
<div class="markdown">${renderMarkdown(body)}</div>${shown && `<p class="reactions">${shown}</p>`}</article>`;
    })
    .join("");
}

function checks(runs: readonly CheckRun[]): string {
  if (runs.length === 0)
    return '<article class="box checks"><h2><span class="dot"></span>Checks are on their way</h2></article>';
  return runs
    .map(({ id, name, status, conclusion, title, summary, annotations, actions }) => {
      const [mark, words] = CONCLUSIONS[conclusion ?? ""] ?? ["…", status];
      return `<article class="box checks ${conclusion ?? status}" id="run-${id}"><h2><span class="mark">${mark}</span>${escapeHtml(name)} — ${escapeHtml(title ?? words)}<small>${words}</small></h2>
<details open><summary>Details of the check run</summary>${buttons(id, actions)}<div class="markdown">${renderMarkdown(summary ?? "")}</div>${annotations.map(annotation).join("")}</details></article>`;
    })
    .join("");
}

function buttons(runId: number, actions: readonly CheckAction[]): string {
  const shown = actions.map(
    ({ label, description, identifier }) =>
      `<button name="press" value="${runId}/${escapeHtml(identifier)}" title="${escapeHtml(description)}">${escapeHtml(label)}</button>`,
  );
  return shown.length === 0 ? "" : `<form method="post" class="actions">${shown.join("")}</form>`;
}

function annotation({ path, start_line, annotation_level, title, message }: CheckAnnotation): string {
  return `<section class="annotation ${escapeHtml(annotation_level)}"><code>${escapeHtml(path)}#L${start_line}</code><b>${escapeHtml(title ?? "")}</b><pre>${escapeHtml(message)}</pre></section>`;
}

function changedFiles({ git, branches }: Repository, pull: PullRequest): string {
  const before = git.filesOf(branches.get(pull.baseRef) ?? "");
  const after = git.filesOf(pull.headSha);
  const paths = [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path)?.sha !== after.get(path)?.sha)
    .sort();
  const rows = paths.map((path) => {
    const kind = before.has(path) ? (after.has(path) ? "changed" : "removed") : "added";
    return `<li><span class="${kind}">${kind}</span> <code>${escapeHtml(path)}</code></li>`;
  });
  return `<article class="box files"><h2>Files changed <small>${paths.length}</small></h2><ul>${rows.join("")}</ul></article>`;
}
