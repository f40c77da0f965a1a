package dev.moonflow.training.evaluation.media;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.training.evaluation.task.MediaBudget;
import java.util.List;

/** One image, document or video. */
@FunctionalInterface
public interface Media {
  /**
   * Its images in order, read now.
   *
   * @throws dev.moonflow.training.evaluation.EvaluationException in one sentence that names the
   *     file, if it cannot be read or is past a limit
   */
  List<RgbImage> images(MediaBudget budget);
}
