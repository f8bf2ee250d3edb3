import { composeFiles, repositoryOf } from "./compose-files.ts";
import type { ExternalImage } from "./containers/container.ts";
import { type Pinning, parseImageReference, pinningOf } from "./containers/image-reference.ts";
import { isLocalImage } from "./containers/official-images.ts";
import { dockerfiles } from "./dockerfiles.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { kubernetes } from "./kubernetes.ts";
import { nameOf } from "./tree.ts";

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
    const own = nameOf(repository.name).toLowerCase();
    const built = uses.composeFiles.builtImages.union(uses.kubernetes.builtImages);
    const isOwn = ({ text, reference = text }: ExternalImage): boolean =>
      isLocalImage(reference) ||
      built.has(repositoryOf(reference)) ||
      parseImageReference(reference).name.toLowerCase() === own;
    const useOf = (path: string, image: ExternalImage, isForDevelopment: boolean): ImageUse => ({
      path,
      line: image.line,
      text: image.text,
      pinning: image.reference === undefined ? undefined : pinningOf(parseImageReference(image.reference)),
      isForDevelopment,
    });
    const inDockerfiles = uses.dockerfiles.files
      .filter(({ purpose }) => purpose === "production" || purpose === "build")
      .flatMap(({ path, images }) => images.filter((image) => !isOwn(image)).map((image) => useOf(path, image, false)));
    const inCompose = uses.composeFiles.files
      .filter(({ purpose }) => purpose === "production" || purpose === "development")
      .flatMap(({ path, purpose, services }) =>
        services.flatMap(({ image, build }) =>
          image && !build && !isOwn(image) ? [useOf(path, image, purpose === "development")] : [],
        ),
      );
    const inManifests = uses.kubernetes.workloads.flatMap(({ path, containers, sidecars, initImages }) =>
      [...[...containers, ...sidecars].flatMap(({ image }) => image ?? []), ...initImages]
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
