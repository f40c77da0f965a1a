package dev.moonflow.training.evaluation.media;

import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.connectors.media.MediaRejectedException;
import dev.moonflow.connectors.media.VideoFrame;
import dev.moonflow.connectors.media.VideoFrames;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.training.evaluation.EvaluationException;
import dev.moonflow.training.evaluation.task.MediaBudget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Frames evenly spread over a video of unknown length, in one pass: whenever twice the limit has
 * gathered, every other one is let go and from then on half as many are kept.
 */
final class FrameSampler {
  private FrameSampler() {}

  static List<RgbImage> sample(Path file, MediaBudget budget, MediaLimits limits) {
    if (!Files.isRegularFile(file)) {
      throw new EvaluationException(file + " does not exist.");
    }
    List<RgbImage> kept = new ArrayList<>();
    long every = 1;
    try (VideoFrames frames = VideoFrames.open(file, budget.framesPerSecond(), limits)) {
      for (Optional<VideoFrame> next; (next = frames.next()).isPresent(); ) {
        VideoFrame frame = next.get();
        if (frame.index() % every != 0) {
          continue;
        }
        if (kept.size() == 2 * budget.framesMax()) {
          kept = everyOther(kept);
          every *= 2;
          if (frame.index() % every != 0) {
            continue;
          }
        }
        kept.add(MediaFiles.rgb(frame.image()));
      }
    } catch (MediaRejectedException e) {
      throw new EvaluationException(file + ": " + e.getMessage() + ".", e);
    }
    if (kept.isEmpty()) {
      throw new EvaluationException(file + " has no frames.");
    }
    return spread(kept, budget.framesMax());
  }

  private static List<RgbImage> everyOther(List<RgbImage> frames) {
    List<RgbImage> half = new ArrayList<>();
    for (int i = 0; i < frames.size(); i += 2) {
      half.add(frames.get(i));
    }
    return half;
  }

  /** Of n frames the limit's number, the middles of equal parts. */
  static <T> List<T> spread(List<T> frames, int limit) {
    if (frames.size() <= limit) {
      return frames;
    }
    List<T> chosen = new ArrayList<>();
    for (int i = 0; i < limit; i++) {
      chosen.add(frames.get((int) ((2L * i + 1) * frames.size() / (2L * limit))));
    }
    return chosen;
  }
}
