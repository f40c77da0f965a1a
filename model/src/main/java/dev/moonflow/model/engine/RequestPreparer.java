package dev.moonflow.model.engine;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.chat.ContentPart;
import dev.moonflow.model.chat.Message;
import dev.moonflow.model.constraint.Constraint;
import dev.moonflow.model.constraint.ConstraintException;
import dev.moonflow.model.constraint.TokenConstraint;
import dev.moonflow.model.image.ImageRejectedException;
import dev.moonflow.model.image.ProcessedImage;
import dev.moonflow.model.image.ResizePlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Turns requests into ids and processed images and refuses those that can never be computed. Limits
 * are checked before the work that they bound: sizes before pixels are touched, the length of text
 * before it is tokenised. Thread-safe.
 */
final class RequestPreparer {
  private final EngineModel model;
  private final EngineLimits limits;
  private final int contextTokens;
  private final boolean hashesImages;

  /** A preparer for one engine; its context ends where the first of three limits does. */
  RequestPreparer(EngineModel model, EngineLimits limits) {
    this(model, limits, false);
  }

  /** The same; images get their keys where there is a cache to look them up in. */
  RequestPreparer(EngineModel model, EngineLimits limits, boolean hashesImages) {
    this.hashesImages = hashesImages;
    this.model = model;
    this.limits = limits;
    int positions = model.language().config().maxPositions();
    this.contextTokens =
        Math.min(positions, Math.min(limits.maxContextTokens(), limits.maxCacheTokens()));
  }

  /** Prepares a conversation; the assistant's turn is opened at its end. */
  TokenizedRequest prepare(GenerationRequest request) throws RequestRejectedException {
    if (request.messages().isEmpty()) {
      throw new RequestRejectedException("messages must hold at least one message.");
    }
    List<RgbImage> images = new ArrayList<>();
    long characters = 0;
    for (Message message : request.messages()) {
      characters += message.role().length();
      for (ContentPart part : message.parts()) {
        if (part instanceof ContentPart.Image image) {
          images.add(image.image());
        } else if (part instanceof ContentPart.Text text) {
          characters += text.text().length();
        }
      }
    }
    refuseEndlessText(characters);
    int[] mediaTokens = mediaTokens(images);
    int[] prompt = model.template().encode(request.messages(), true, mediaTokens);
    return prepare(
        request.id(),
        prompt,
        images,
        request.sampling(),
        request.maxNewTokens(),
        request.resumeTokens(),
        request.constraint(),
        request.features());
  }

  /** Prepares a prompt of ids, in which the media tokens of the images stand already. */
  TokenizedRequest prepare(
      String id,
      int[] prompt,
      List<RgbImage> images,
      SamplingParameters sampling,
      int maxNewTokens,
      int[] resumeTokens,
      Constraint constraint,
      KnownFeatures features)
      throws RequestRejectedException {
    int vocab = model.language().config().vocabSize();
    requireIds("prompt", prompt, vocab);
    requireIds("resumeTokens", resumeTokens, vocab);
    int[] mediaTokens = mediaTokens(images);
    int expected = Arrays.stream(mediaTokens).sum();
    long found = Arrays.stream(prompt).filter(t -> t == model.mediaTokenId()).count();
    if (found != expected) {
      throw new RequestRejectedException(
          "the prompt has %d media tokens, its %d images need %d."
              .formatted(found, images.size(), expected));
    }
    if (prompt.length == 0) {
      throw new RequestRejectedException("the prompt must have at least one token.");
    }
    if (prompt.length >= contextTokens) {
      throw new RequestRejectedException(
          "the prompt has %d tokens and the context (maxContextTokens, maxCacheTokens or the positions of the model) ends at %d."
              .formatted(prompt.length, contextTokens));
    }
    if (resumeTokens.length > maxNewTokens) {
      throw new RequestRejectedException(
          "resumeTokens has %d tokens, more than maxNewTokens %d."
              .formatted(resumeTokens.length, maxNewTokens));
    }
    // A context that shrank since may hold less than was generated; that is kept and nothing added.
    int room = Math.max(resumeTokens.length, Math.min(maxNewTokens, contextTokens - prompt.length));
    AnswerConstraint answer =
        constraint == null ? null : constrain(constraint, sampling, resumeTokens, room);
    boolean known = !features.rows().isEmpty();
    if (known) {
      requireFeatures(features.rows(), mediaTokens);
    }
    int patches = known ? 0 : images.stream().mapToInt(i -> plan(i).patches()).sum();
    List<RgbImage> processed = known ? List.of() : process(images);
    List<ImageKey> keys =
        hashesImages && !known ? processed.stream().map(ImageKey::of).toList() : List.of();
    return new TokenizedRequest(
        id,
        prompt,
        processed,
        keys,
        patches,
        sampling,
        room,
        resumeTokens.clone(),
        answer,
        features);
  }

  private void requireFeatures(List<float[]> rows, int[] mediaTokens)
      throws RequestRejectedException {
    int hidden = model.language().config().hiddenSize();
    for (int i = 0; i < mediaTokens.length || i < rows.size(); i++) {
      int found = i < rows.size() ? rows.get(i).length : 0;
      int expected = i < mediaTokens.length ? mediaTokens[i] * hidden : 0;
      if (found != expected) {
        throw new RequestRejectedException(
            "the features kept of image %d have %d numbers, its media tokens need %d."
                .formatted(i + 1, found, expected));
      }
    }
  }

  private AnswerConstraint constrain(
      Constraint constraint, SamplingParameters sampling, int[] resumeTokens, int room)
      throws RequestRejectedException {
    if (sampling.ignoreStopTokens()) {
      throw new RequestRejectedException("a constrained answer cannot ignore stop tokens.");
    }
    try {
      TokenConstraint tokens = model.constraints().compile(constraint);
      return AnswerConstraint.resume(tokens, resumeTokens, room, model.stops());
    } catch (ConstraintException e) {
      throw new RequestRejectedException(e.getMessage());
    }
  }

  /** n bytes make at least n / longest tokens, and a UTF-16 unit makes at least a byte. */
  private void refuseEndlessText(long characters) throws RequestRejectedException {
    long fewest = characters / model.tokenizer().longestTokenBytes();
    if (fewest >= contextTokens) {
      throw new RequestRejectedException(
          "the messages have %d characters, at least %d tokens, and the context ends at %d."
              .formatted(characters, fewest, contextTokens));
    }
  }

  /** Media tokens of each image, by its size alone. */
  private int[] mediaTokens(List<RgbImage> images) throws RequestRejectedException {
    int[] tokens = new int[images.size()];
    long patches = 0;
    for (int i = 0; i < tokens.length; i++) {
      ResizePlan plan = plan(images.get(i));
      if (plan.problem().isPresent()) {
        throw new RequestRejectedException(
            "image %d of %d x %d pixels cannot be used: %s."
                .formatted(
                    i + 1, images.get(i).width(), images.get(i).height(), plan.problem().get()));
      }
      tokens[i] = plan.mediaTokens();
      patches += plan.patches();
    }
    if (patches > limits.maxPatchesPerRequest()) {
      throw new RequestRejectedException(
          "the %d images have %d patches, more than maxPatchesPerRequest %d."
              .formatted(tokens.length, patches, limits.maxPatchesPerRequest()));
    }
    return tokens;
  }

  private List<RgbImage> process(List<RgbImage> images) throws RequestRejectedException {
    List<RgbImage> processed = new ArrayList<>();
    try {
      for (RgbImage image : images) {
        ProcessedImage result = model.images().process(image);
        processed.add(result.pixels());
      }
    } catch (ImageRejectedException e) {
      throw new RequestRejectedException(e.getMessage());
    }
    return processed;
  }

  private ResizePlan plan(RgbImage image) {
    return model.images().plan(image.width(), image.height());
  }

  private static void requireIds(String name, int[] ids, int vocab)
      throws RequestRejectedException {
    for (int id : ids) {
      if (id < 0 || id >= vocab) {
        throw new RequestRejectedException(
            "%s has the id %d, outside 0..%d.".formatted(name, id, vocab - 1));
      }
    }
  }
}
