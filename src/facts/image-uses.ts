import { composeFiles, repositoryOf } from "./compose-files.ts";
import type { ExternalImage } from "./containers/container.ts";
import { type Pinning, parseImageReference, pinningOf } from "./containers/image-reference.ts";
import { dockerfiles } from "./dockerfiles.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { kubernetes } from "./kubernetes.ts";

/** An image from outside, and how firmly it is pinned. */
export interface ImageUse {
  readonly path: string;
  readonly line: number;
  readonly text: string;
  /** Undefined where a variable without a default decides. */
  readonly pinning: Pinning | undefined;
  /** Development files weigh little. */
  readonly isForDevelopment: boolean;
}

export interface ImageUses {
  readonly images: readonly ImageUse[];
  readonly unread: readonly UnreadFile[];
}

/** The images that builds and deployments take from outside. */
export const imageUses = defineFact({
  spans: "repository",
  uses: { dockerfiles, composeFiles, kubernetes },
  combine: ({ repository, uses }): ImageUses => {
    const own = repository.name.split("/").at(-1)?.toLowerCase() ?? "";
    const isOwn = ({ text }: ExternalImage): boolean => {
      const name = parseImageReference(text).name.toLowerCase();
      return uses.composeFiles.builtImages.has(repositoryOf(text)) || name === own;
    };
    const useOf = (path: string, image: ExternalImage, isForDevelopment: boolean): ImageUse => ({
      path,
      line: image.line,
      text: image.text,
      pinning: image.reference === undefined ? undefined : pinningOf(parseImageReference(image.reference)),
      isForDevelopment,
    });
    const inDockerfiles = uses.dockerfiles.files
      .filter(({ purpose }) => purpose === "production" || purpose === "build")
      .flatMap(({ path, images }) => images.map((image) => useOf(path, image, false)));
    const inCompose = uses.composeFiles.files
      .filter(({ purpose }) => purpose === "production" || purpose === "development")
      .flatMap(({ path, purpose, services }) =>
        services.flatMap(({ image, build }) =>
          image && !build && !isOwn(image) ? [useOf(path, image, purpose === "development")] : [],
        ),
      );
    const inManifests = uses.kubernetes.workloads.flatMap(({ path, containers, otherImages }) =>
      [...containers.flatMap(({ image }) => image ?? []), ...otherImages]
        .filter((image) => !isOwn(image))
        .map((image) => useOf(path, image, false)),
    );
    return {
      images: [...inDockerfiles, ...inCompose, ...inManifests],
      unread: [
        ...uses.dockerfiles.unread.filter(({ purpose }) => purpose === "production"),
        ...uses.composeFiles.unread,
        ...uses.kubernetes.unread,
      ],
    };
  },
});
