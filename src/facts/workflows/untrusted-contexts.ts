/** Events with a pull request in them. */
const PULL_REQUEST = ["pull_request", "pull_request_target", "pull_request_review", "pull_request_review_comment"];
const ISSUE = ["issues", "issue_comment"];
const DISCUSSION = ["discussion", "discussion_comment"];

/** Texts of an event that a stranger can choose, and the events that have them. */
const UNTRUSTED: readonly (readonly [path: string, events: readonly string[]])[] = [
  ["github.head_ref", PULL_REQUEST],
  ["github.event.pull_request.title", PULL_REQUEST],
  ["github.event.pull_request.body", PULL_REQUEST],
  ["github.event.pull_request.head.ref", PULL_REQUEST],
  ["github.event.pull_request.head.label", PULL_REQUEST],
  ["github.event.pull_request.head.repo.default_branch", PULL_REQUEST],
  ["github.event.pull_request.head.repo.description", PULL_REQUEST],
  ["github.event.pull_request.head.repo.homepage", PULL_REQUEST],
  ["github.event.issue.title", ISSUE],
  ["github.event.issue.body", ISSUE],
  ["github.event.changes.title.from", [...PULL_REQUEST, ...ISSUE, ...DISCUSSION]],
  ["github.event.changes.body.from", [...PULL_REQUEST, ...ISSUE, ...DISCUSSION]],
  [
    "github.event.comment.body",
    ["issue_comment", "commit_comment", "pull_request_review_comment", "discussion_comment"],
  ],
  ["github.event.review.body", ["pull_request_review"]],
  ["github.event.review_comment.body", ["pull_request_review_comment"]],
  ["github.event.discussion.title", DISCUSSION],
  ["github.event.discussion.body", DISCUSSION],
  ["github.event.pages.*.page_name", ["gollum"]],
  ["github.event.pages.*.title", ["gollum"]],
  ["github.event.release.tag_name", ["release"]],
  ["github.event.release.name", ["release"]],
  ["github.event.release.body", ["release"]],
  ...["head_commit", "commits.*"].flatMap((commit) => commitTexts(`github.event.${commit}`, ["push"])),
  ...commitTexts("github.event.workflow_run.head_commit", ["workflow_run"]),
  ["github.event.workflow_run.head_branch", ["workflow_run"]],
  ["github.event.workflow_run.display_title", ["workflow_run"]],
  ["github.event.workflow_run.head_repository.description", ["workflow_run"]],
  ["github.event.workflow_run.pull_requests.*.head.ref", ["workflow_run"]],
  ["github.event.check_suite.head_branch", ["check_suite"]],
  ["github.event.check_run.check_suite.head_branch", ["check_run"]],
];

/**
 * The events in which this context holds text of a stranger; undefined where no event does. What
 * holds such a text below it, as `toJSON(github.event)` does, is as good as the text.
 */
export function eventsWithUntrusted(source: string): readonly string[] | undefined {
  const path = source.split(".");
  const matching = UNTRUSTED.filter(([pattern]) => matches(path, pattern.split(".")));
  return matching.length > 0 ? [...new Set(matching.flatMap(([, events]) => events))] : undefined;
}

function matches(path: readonly string[], pattern: readonly string[]): boolean {
  return (
    path.length <= pattern.length &&
    path.every(
      (segment, at) => segment === pattern[at] || segment === "*" || (pattern[at] === "*" && /^\d+$/.test(segment)),
    )
  );
}

function commitTexts(commit: string, events: readonly string[]): readonly (readonly [string, readonly string[]])[] {
  const people = ["author", "committer"].flatMap((person) => [`${person}.name`, `${person}.email`]);
  return ["message", ...people].map((text) => [`${commit}.${text}`, events] as const);
}
