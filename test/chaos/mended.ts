/** What broke an invariant in a schedule or under load, and what was mended. */
export const mended: readonly (readonly [what: string, how: string])[] = [
  [
    "A worker whose clock was set back by twenty minutes made no request for that long; tokens were minted one at a time for all tenants.",
    "Probot hands its own options to the client after ours, so that its throttling was on; it is off.",
  ],
  [
    "A repository that was archived and unarchived, and heard of in the wrong order, got no reviews until the next list of repositories.",
    "A repository that is said to be archived is looked at once before it is left alone.",
  ],
  [
    "Work of a deleted repository was tried for two minutes, where an event of it came after that of its deletion.",
    "Where something is not found, the installation is asked whether it holds the repository.",
  ],
  [
    "Two commands of a stranger that were refused at the same time got a reaction each.",
    "It is noted first that a command was refused, and looked then whether it was the first.",
  ],
  [
    "Under load, judging on the same processors kept acknowledgements waiting: p99 was over the bound.",
    "A worker process yields to others.",
  ],
  [
    "Under load, the caches of fifty tenants had a bound each, and none together.",
    "Together they hold no more than a bound; who was not served for long makes room.",
  ],
  [
    "After an outage each installation cost a delivery that was asked for again.",
    "The list of installations tells as much in one request.",
  ],
];
